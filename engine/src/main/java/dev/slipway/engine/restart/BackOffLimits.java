package dev.slipway.engine.restart;

import dev.slipway.engine.api.Times;

/**
 * First and longest delay of a node's restart back-off (rules L-311, L-313, L-314; kubelet.go
 * newCrashLoopBackOff, 1.37.2). Nanoseconds.
 */
public record BackOffLimits(long first, long cap) {
  private static final long FIRST = 10 * Times.SECOND;
  private static final long REDUCED_FIRST = Times.SECOND;

  /**
   * The limits of a node.
   *
   * @param maxSeconds maxContainerRestartPeriod of the node, 300 by default
   * @param reducedDecay gate ReduceDefaultCrashLoopBackOffDecay
   */
  public static BackOffLimits of(long maxSeconds, boolean reducedDecay) {
    long cap = maxSeconds * Times.SECOND;
    return new BackOffLimits(Math.min(reducedDecay ? REDUCED_FIRST : FIRST, cap), cap);
  }
}
