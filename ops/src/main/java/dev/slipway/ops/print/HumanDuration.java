package dev.slipway.ops.print;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.manifest.ApiTimes;
import java.time.DateTimeException;

/** Lengths of time as kubectl shows them: the longer, the coarser. */
public final class HumanDuration {
  private static final String INVALID = "<invalid>";
  private static final String UNKNOWN = "<unknown>";
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final int HOURS_A_DAY = 24;
  private static final int DAYS_A_YEAR = 365;

  private HumanDuration() {}

  /** The form used in tables, {@code 2m30s}. */
  public static String of(long nanos) {
    long seconds = nanos / Times.SECOND;
    if (seconds < 0) {
      return seconds < -1 ? INVALID : "0s";
    }
    if (seconds < 2 * MINUTE) {
      return seconds + "s";
    }
    long minutes = seconds / MINUTE;
    if (minutes < 10) {
      return two(minutes, "m", seconds % MINUTE, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    return hours(seconds / HOUR, minutes % 60);
  }

  private static String hours(long hours, long minutes) {
    if (hours < 8) {
      return two(hours, "h", minutes, "m");
    }
    if (hours < 2 * HOURS_A_DAY) {
      return hours + "h";
    }
    long days = hours / HOURS_A_DAY;
    if (days < 8) {
      return two(days, "d", hours % HOURS_A_DAY, "h");
    }
    if (days < 2 * DAYS_A_YEAR) {
      return days + "d";
    }
    long years = days / DAYS_A_YEAR;
    return years < 8 ? two(years, "y", days % DAYS_A_YEAR, "d") : years + "y";
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return small == 0 ? large + unit : large + unit + small + smallUnit;
  }

  /** The form with one unit, {@code 2m}. */
  public static String shortOf(long nanos) {
    long seconds = nanos / Times.SECOND;
    if (seconds < 0) {
      return seconds < -1 ? INVALID : "0s";
    }
    if (seconds < MINUTE) {
      return seconds + "s";
    }
    if (seconds < HOUR) {
      return seconds / MINUTE + "m";
    }
    long hours = seconds / HOUR;
    if (hours < HOURS_A_DAY) {
      return hours + "h";
    }
    long days = hours / HOURS_A_DAY;
    return days < DAYS_A_YEAR ? days + "d" : days / DAYS_A_YEAR + "y";
  }

  /** How long ago an API time is; unknown where it is absent. */
  static String since(JsonNode time, long now) {
    if (time.asText().isEmpty()) {
      return UNKNOWN;
    }
    try {
      return of(now - ApiTimes.parse(time.asText()));
    } catch (DateTimeException e) {
      return UNKNOWN;
    }
  }
}
