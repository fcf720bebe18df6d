package dev.slipway.engine.api;

/**
 * Points in time of the engine: nanoseconds since an epoch of the caller's choice (the Unix epoch
 * for live feeds, zero for virtual time) as a plain {@code long}.
 */
public final class Times {
  /** Stands for a time that is not set. */
  public static final long NONE = Long.MIN_VALUE;

  public static final long MILLI = 1_000_000L;
  public static final long SECOND = 1_000_000_000L;

  private Times() {}

  /** The time cut down to a whole second, as API times are (rule L-021); {@link #NONE} stays. */
  public static long truncateToSecond(long nanos) {
    return nanos == NONE ? NONE : Math.floorDiv(nanos, SECOND) * SECOND;
  }
}
