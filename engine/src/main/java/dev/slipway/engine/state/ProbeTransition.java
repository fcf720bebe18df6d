package dev.slipway.engine.state;

import dev.slipway.engine.state.ProbeWorker.State;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a probe worker (rules P-010 to P-024, P-030 to P-045; prober/worker.go, 1.37.2).
 */
public enum ProbeTransition implements Transition {
  /** Rule P-012. */
  MADE(null, "EnsureProbes", State.IDLE),
  /** Rule P-020. */
  MADE_DELAYED(null, "EnsureProbes by a young agent", State.DELAYED),
  /** Rule P-021. */
  DELAY_OVER(State.DELAYED, "tick", State.IDLE),
  /** Rule P-039. */
  PROBE(State.IDLE, "tick or trigger", State.PROBING),
  /** Rules P-041 to P-044. */
  ANSWERED(State.PROBING, "ProbeDone", State.IDLE),
  /** Rule P-045. */
  HELD(State.PROBING, "ProbeDone that decides", State.HOLDING),
  /** Kubelet 1.36 only (P-016). */
  CUT(State.PROBING, "CutProbes", State.IDLE),
  /** Rule P-033. */
  RELEASED(State.HOLDING, "tick, new instance", State.IDLE),
  /** Rule P-016. */
  ENDED(State.IDLE, "stop, or nothing left to probe", null),
  /** Rule P-016. */
  ENDED_HOLDING(State.HOLDING, "stop, or pod over", null);

  private final @Nullable State from;
  private final String cause;
  private final @Nullable State to;

  ProbeTransition(@Nullable State from, String cause, @Nullable State to) {
    this.from = from;
    this.cause = cause;
    this.to = to;
  }

  @Override
  public @Nullable State before() {
    return from;
  }

  @Override
  public @Nullable State after() {
    return to;
  }

  @Override
  public String cause() {
    return cause;
  }
}
