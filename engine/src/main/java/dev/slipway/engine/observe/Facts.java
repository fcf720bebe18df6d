package dev.slipway.engine.observe;

import dev.slipway.engine.api.Times;
import java.time.Instant;

/** Spells the evidence of findings. */
final class Facts {
  private Facts() {}

  static Finding.Fact text(String what, String value) {
    return new Finding.Fact(what, value);
  }

  static Finding.Fact count(String what, long value) {
    return new Finding.Fact(what, Long.toString(value));
  }

  static Finding.Fact time(String what, long nanos) {
    return new Finding.Fact(what, time(nanos));
  }

  static Finding.Fact duration(String what, long nanos) {
    return new Finding.Fact(what, nanos / Times.SECOND + "s");
  }

  static String time(long nanos) {
    return nanos == Times.NONE
        ? "-"
        : Instant.ofEpochSecond(Math.floorDiv(nanos, Times.SECOND)).toString();
  }
}
