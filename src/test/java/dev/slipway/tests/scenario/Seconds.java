package dev.slipway.tests.scenario;

import dev.slipway.engine.api.Times;
import java.math.BigDecimal;

/** Times of the tables: decimal seconds. */
final class Seconds {
  private Seconds() {}

  /** Seconds as nanoseconds. */
  static long of(String text) {
    return new BigDecimal(text).multiply(BigDecimal.valueOf(Times.SECOND)).longValueExact();
  }

  /** Nanoseconds as the shortest decimal seconds. */
  static String text(long nanos) {
    return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
  }
}
