package dev.slipway.ops.observe;

import dev.slipway.engine.api.Times;
import java.util.function.LongSupplier;

/** When the records of a recording are due, some times faster than they came. */
final class Pace {
  private final double speed;
  private final LongSupplier nanoTime;
  private long began;
  private long first = Times.NONE;

  /**
   * A pace that begins with its first record.
   *
   * @param speed seconds of the recording in one of the clock, 0: all is due at once
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  Pace(double speed, LongSupplier nanoTime) {
    this.speed = speed;
    this.nanoTime = nanoTime;
  }

  /** Nanoseconds until a record of that time is due; 0 or less: now. */
  long left(long recordNanos) {
    if (speed <= 0 || recordNanos == Times.NONE) {
      return 0;
    }
    long now = nanoTime.getAsLong();
    if (first == Times.NONE) {
      first = recordNanos;
      began = now;
    }
    return began + (long) ((recordNanos - first) / speed) - now;
  }
}
