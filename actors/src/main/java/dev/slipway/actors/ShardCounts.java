package dev.slipway.actors;

import dev.slipway.engine.api.PodPhase;

/** The counters of one shard, in plain fields of its thread. */
final class ShardCounts {
  long created;
  long deleted;
  long ready;
  long restarts;
  long starts;
  long messages;
  long timers;
  long probes;
  long rebuilt;
  long abandoned;
  long ignored;
  long listenerFailures;
  private final long[] phases = new long[PodPhase.values().length];

  /** A pod was taken in. */
  void created(PodRow row) {
    created++;
    add(row, 1);
  }

  /** A pod's object is gone. */
  void deleted(PodRow row) {
    deleted++;
    add(row, -1);
  }

  /** A pod shows something else. */
  void changed(PodRow before, PodRow after) {
    add(before, -1);
    add(after, 1);
  }

  private void add(PodRow row, int sign) {
    phases[row.phase().ordinal()] += sign;
    ready += row.ready() ? sign : 0;
    restarts += (long) sign * row.restarts();
  }

  /** What the counters say now. */
  Totals image() {
    return new Totals(
        created,
        of(PodPhase.PENDING),
        of(PodPhase.RUNNING),
        of(PodPhase.SUCCEEDED),
        of(PodPhase.FAILED),
        of(PodPhase.UNKNOWN),
        deleted,
        ready,
        restarts,
        starts,
        messages,
        timers,
        probes,
        rebuilt,
        abandoned,
        ignored,
        listenerFailures);
  }

  private long of(PodPhase phase) {
    return phases[phase.ordinal()];
  }
}
