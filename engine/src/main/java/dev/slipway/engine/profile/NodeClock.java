package dev.slipway.engine.profile;

import dev.slipway.engine.api.Times;

/**
 * The kubelet's own periods (rule L-025; pleg/generic.go, kubelet.go syncLoop, 1.37.2): when a node
 * lists its runtime and when it takes work that is due. All in nanoseconds; a phase is the place of
 * one such instant, any of them, in epoch time.
 *
 * @param relistPeriod the whole runtime is listed so often
 * @param relistPhase an instant at which it is
 * @param syncPeriod requeues and active deadlines are looked at so often; 0: the instant they are
 *     due, and changes of the runtime are seen the instant they happen
 * @param syncPhase an instant at which they are
 * @param takesRequeues false: only active deadlines are looked at, a pod is not taken up again by
 *     itself
 */
public record NodeClock(
    long relistPeriod, long relistPhase, long syncPeriod, long syncPhase, boolean takesRequeues) {
  /** Without latencies of its own: the default everywhere (rule L-021). */
  public static final NodeClock INSTANT = new NodeClock(Times.SECOND, 0, 0, 0, true);

  public NodeClock {
    if (relistPeriod <= 0 || syncPeriod < 0) {
      throw new IllegalArgumentException(
          "periods of a node must be positive: relist=" + relistPeriod + " sync=" + syncPeriod);
    }
  }

  /** The periods of a stock kubelet; the phases are those of its start. */
  public static NodeClock stock(long relistPhase, long syncPhase) {
    return new NodeClock(Times.SECOND, relistPhase, Times.SECOND, syncPhase, true);
  }

  /** The same periods on a node that never looks at its queue of pods to be taken up again. */
  public NodeClock withoutRequeues() {
    return new NodeClock(relistPeriod, relistPhase, syncPeriod, syncPhase, false);
  }

  /** True if the node sees its runtime by listing it only. */
  public boolean delays() {
    return syncPeriod > 0;
  }

  /** The first listing later than that. */
  public long relistAfter(long time) {
    return relistFrom(time + 1);
  }

  /** The first listing at that time or later. */
  public long relistFrom(long time) {
    return from(time, relistPeriod, relistPhase);
  }

  /** The last listing before that time. */
  public long relistBefore(long time) {
    return relistFrom(time) - relistPeriod;
  }

  /**
   * When a requeue is taken: work is due when its time lies before the tick; {@link Times#NONE} if
   * never.
   */
  public long requeue(long due) {
    if (!takesRequeues) {
      return Times.NONE;
    }
    return delays() ? from(due + 1, syncPeriod, syncPhase) : due;
  }

  /** When the end of an active deadline is noticed. */
  public long deadline(long due) {
    return delays() ? from(due, syncPeriod, syncPhase) : due;
  }

  private static long from(long time, long period, long phase) {
    return phase - Math.floorDiv(phase - time, period) * period;
  }
}
