package dev.slipway.ops.plan;

import dev.slipway.engine.api.Times;

/** Prints points in virtual time: 0s, 2.345s, 1m, 1m4s, 1h5.5s. */
final class Clock {
  private static final long SECONDS_PER_MINUTE = 60;
  private static final long SECONDS_PER_HOUR = 3600;
  private static final int MILLIS_PER_SECOND = 1000;

  private Clock() {}

  static String text(long nanos) {
    long millis = nanos / Times.MILLI;
    long seconds = millis / MILLIS_PER_SECOND;
    long rest = millis % MILLIS_PER_SECOND;
    StringBuilder text = new StringBuilder();
    if (seconds >= SECONDS_PER_HOUR) {
      text.append(seconds / SECONDS_PER_HOUR).append('h');
    }
    if (seconds % SECONDS_PER_HOUR >= SECONDS_PER_MINUTE) {
      text.append(seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE).append('m');
    }
    if (seconds % SECONDS_PER_MINUTE == 0 && rest == 0 && !text.isEmpty()) {
      return text.toString();
    }
    text.append(seconds % SECONDS_PER_MINUTE);
    if (rest != 0) {
      String digits = String.valueOf(MILLIS_PER_SECOND + rest).substring(1);
      text.append('.').append(digits.replaceAll("0+$", ""));
    }
    return text.append('s').toString();
  }
}
