package dev.slipway.engine.runtime;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.runtime.BehaviorField.Unit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers of behavior files and annotations as they are written: durations such as {@code 90s},
 * {@code 1m30s} or {@code 250ms} (a bare number: seconds), {@code forever}, counts, exit codes,
 * chances, and ranges such as {@code 1s..3s}. What cannot be read is an {@link
 * IllegalArgumentException} that says so.
 */
public final class BehaviorText {
  /** Longer than any pod is planned for, short enough to add up without overflow. */
  private static final double LONGEST_NANOS = 100.0 * 365 * 24 * 3600 * Times.SECOND;

  private static final int HIGHEST_EXIT = 255;
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h|d)");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");
  private static final String RANGE = "..";

  private BehaviorText() {}

  /** Reads a value or a range of that unit. */
  public static Distribution distribution(String text, Unit unit) {
    String trimmed = text.strip();
    if (unit == Unit.CHANCE) {
      return Distribution.chance(value(trimmed, unit));
    }
    int range = trimmed.indexOf(RANGE);
    if (range < 0) {
      return Distribution.fixed(value(trimmed, unit));
    }
    double min = value(trimmed.substring(0, range).strip(), unit);
    double max = value(trimmed.substring(range + RANGE.length()).strip(), unit);
    if (min < 0 || max < min) {
      throw new IllegalArgumentException("not a range from low to high: " + text);
    }
    return new Distribution.Uniform(min, max);
  }

  /** Reads one value of that unit. */
  public static double value(String text, Unit unit) {
    return switch (unit) {
      case DURATION -> duration(text);
      case DURATION_OR_FOREVER ->
          text.equals("forever") || text.equals("ignored") ? Distribution.FOREVER : duration(text);
      case COUNT -> whole(text, Integer.MAX_VALUE, "a count");
      case EXIT_CODE -> whole(text, HIGHEST_EXIT, "an exit code from 0 to 255");
      case CHANCE -> chance(text);
    };
  }

  /** Reads a duration in nanoseconds. */
  public static long duration(String text) {
    double nanos = NUMBER.matcher(text).matches() ? seconds(text) : parts(text);
    if (nanos > LONGEST_NANOS) {
      throw new IllegalArgumentException("longer than a hundred years: " + text);
    }
    return Math.round(nanos);
  }

  private static double seconds(String text) {
    return Double.parseDouble(text) * Times.SECOND;
  }

  private static double parts(String text) {
    Matcher part = PART.matcher(text);
    double nanos = 0;
    int end = 0;
    while (end < text.length() && part.find(end) && part.start() == end) {
      nanos += Double.parseDouble(part.group(1)) * nanosOf(part.group(2));
      end = part.end();
    }
    if (text.isEmpty() || end < text.length()) {
      throw new IllegalArgumentException("not a duration such as 90s, 1m30s or 250ms: " + text);
    }
    return nanos;
  }

  private static double nanosOf(String unit) {
    return switch (unit) {
      case "ms" -> Times.MILLI;
      case "s" -> Times.SECOND;
      case "m" -> 60.0 * Times.SECOND;
      case "h" -> 3600.0 * Times.SECOND;
      default -> 24 * 3600.0 * Times.SECOND;
    };
  }

  private static double whole(String text, int highest, String what) {
    try {
      int value = Integer.parseInt(text);
      if (value >= 0 && value <= highest) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException("not " + what + ": " + text);
  }

  private static double chance(String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true") ? 1 : 0;
    }
    if (NUMBER.matcher(text).matches() && Double.parseDouble(text) <= 1) {
      return Double.parseDouble(text);
    }
    throw new IllegalArgumentException("not true, false or a probability between 0 and 1: " + text);
  }
}
