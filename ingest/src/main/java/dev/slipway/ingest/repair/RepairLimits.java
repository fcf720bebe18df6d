package dev.slipway.ingest.repair;

import dev.slipway.engine.api.Times;

/**
 * The bounds of a repair.
 *
 * @param reorderNanos how long an event waits for one that should come before it; 0 for a topic
 *     whose key keeps a pod's records in order: then nothing waits
 * @param reorderEventsMax how many wait at most
 * @param tombstoneNanos how long a pod that is gone is remembered, so that its late records do not
 *     bring it back
 * @param tombstonesMax how many are remembered at most
 * @param keysMax how many hints and reports are remembered, to know them again
 * @param samplesMax how many anomalies of each kind are kept
 */
public record RepairLimits(
    long reorderNanos,
    int reorderEventsMax,
    long tombstoneNanos,
    int tombstonesMax,
    int keysMax,
    int samplesMax) {
  /** No window; tombstones for an hour, 100 000 of some 100 bytes. */
  public static final RepairLimits DEFAULT =
      new RepairLimits(0, 10_000, 3600 * Times.SECOND, 100_000, 50_000, 3);

  public RepairLimits {
    if (reorderNanos < 0
        || reorderEventsMax < 1
        || tombstoneNanos < 0
        || tombstonesMax < 0
        || keysMax < 0
        || samplesMax < 0) {
      throw new IllegalArgumentException("limits must not be negative");
    }
  }

  /** The same with a reorder window. */
  public RepairLimits withReorderNanos(long nanos) {
    return new RepairLimits(
        nanos, reorderEventsMax, tombstoneNanos, tombstonesMax, keysMax, samplesMax);
  }
}
