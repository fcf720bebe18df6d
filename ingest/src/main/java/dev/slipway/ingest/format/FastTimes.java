package dev.slipway.ingest.format;

import dev.slipway.engine.api.Times;

/** API times as the API server writes them, {@code 2026-01-02T03:04:05Z}, from bytes. */
final class FastTimes {
  /** Not of that form. */
  static final long OTHER = Long.MAX_VALUE;

  static final int LENGTH = 20;

  /** Years whose nanoseconds fit a long without a look. */
  private static final int FIRST_YEAR = 1970;

  private static final int LAST_YEAR = 2200;
  private static final long SECONDS_A_DAY = 86_400;

  private FastTimes() {}

  /** Epoch nanoseconds, {@link #OTHER} for a text of another form. */
  static long parse(byte[] b, int from, int to) {
    if (to - from != LENGTH
        || b[from + 4] != '-'
        || b[from + 7] != '-'
        || b[from + 10] != 'T'
        || b[from + 13] != ':'
        || b[from + 16] != ':'
        || b[from + 19] != 'Z') {
      return OTHER;
    }
    int century = pair(b, from);
    int yearOfCentury = pair(b, from + 2);
    int month = pair(b, from + 5);
    int day = pair(b, from + 8);
    int hour = pair(b, from + 11);
    int minute = pair(b, from + 14);
    int second = pair(b, from + 17);
    if ((century | yearOfCentury | month | day | hour | minute | second) < 0) {
      return OTHER;
    }
    int year = century * 100 + yearOfCentury;
    boolean valid =
        year >= FIRST_YEAR
            && year <= LAST_YEAR
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= daysOf(year, month)
            && hour <= 23
            && minute <= 59
            && second <= 59;
    return valid ? nanos(year, month, day, hour, minute, second) : OTHER;
  }

  private static int daysOf(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static long nanos(int year, int month, int day, int hour, int minute, int second) {
    long seconds = days(year, month, day) * SECONDS_A_DAY + hour * 3600 + minute * 60 + second;
    return seconds * Times.SECOND;
  }

  /** Days since 1970-01-01, counting years from March so that the leap day comes last. */
  private static long days(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  /** Two digits, negative if they are none. */
  private static int pair(byte[] b, int i) {
    int tens = b[i] - '0';
    int ones = b[i + 1] - '0';
    return (tens | ones | 9 - tens | 9 - ones) < 0 ? Integer.MIN_VALUE : tens * 10 + ones;
  }
}
