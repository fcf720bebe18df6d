package dev.slipway.ops.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** How figures are written. */
final class Figures {
  private static final int DIGITS = 6;

  private Figures() {}

  /** With six digits after the point at most, no exponent, no trailing zeros. */
  static String plain(double value) {
    return new BigDecimal(value)
        .setScale(DIGITS, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** For people: thousands apart, no more digits than matter. */
  static String human(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) || size >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 100 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
  }

  /** A time of the run: 2d 03:04:05. */
  static String clock(long nanos) {
    long seconds = Math.floorDiv(nanos, 1_000_000_000L);
    long days = seconds / 86_400;
    String time =
        String.format(
            Locale.ROOT,
            "%02d:%02d:%02d",
            seconds % 86_400 / 3600,
            seconds % 3600 / 60,
            seconds % 60);
    return days == 0 ? time : days + "d " + time;
  }
}
