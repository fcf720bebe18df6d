package dev.slipway.engine.state;

import dev.slipway.engine.state.ContainerUnit.Operation;

/**
 * What becomes of the operation of one container (rules L-200 to L-213, L-400 to L-406;
 * kuberuntime_container.go startContainer and killContainer, 1.37.2).
 */
public enum ContainerTransition implements Transition {
  /** Rule L-200. */
  START(Operation.NONE, "Start", Operation.CREATING),
  /** Rule L-200(3). */
  CREATED(Operation.CREATING, "Created", Operation.STARTING),
  /** Rule L-201. */
  CREATE_FAILED(Operation.CREATING, "CreateFailed", Operation.NONE),
  /** Rule L-200(4). */
  STARTED(Operation.STARTING, "Started", Operation.NONE),
  /** Rule L-210. */
  STARTED_WITH_HOOK(Operation.STARTING, "Started, postStart set", Operation.POST_START),
  /** Rule L-201. */
  START_FAILED(Operation.STARTING, "StartFailed", Operation.NONE),
  /** Rule L-210. */
  POST_START_OVER(Operation.POST_START, "HookDone", Operation.NONE),
  /** Rule L-211. */
  POST_START_FAILED_PRE_STOP(
      Operation.POST_START, "HookDone, failed; preStop set", Operation.PRE_STOP),
  /** Rule L-211. */
  POST_START_FAILED(Operation.POST_START, "HookDone, failed", Operation.STOPPING),
  /** Rule L-400(3). */
  STOP_PRE_STOP(Operation.NONE, "Stop, preStop set", Operation.PRE_STOP),
  /** Rule L-400(4). */
  STOP_WAIT(Operation.NONE, "Stop in order", Operation.WAITING_FOR_TURN),
  /** Rule L-400(6). */
  STOP(Operation.NONE, "Stop", Operation.STOPPING),
  /** Rule L-400(3). */
  PRE_STOP_OVER(Operation.PRE_STOP, "HookDone", Operation.STOPPING),
  /** Rule L-434. */
  PRE_STOP_OVER_WAIT(Operation.PRE_STOP, "HookDone, turn not come", Operation.WAITING_FOR_TURN),
  /** Rule L-401. */
  PRE_STOP_LIMIT(Operation.PRE_STOP, "limit of the hook", Operation.STOPPING),
  /** Rule L-433. */
  TURN(Operation.WAITING_FOR_TURN, "Turn", Operation.STOPPING),
  /** Rule L-435. */
  TURN_LIMIT(Operation.WAITING_FOR_TURN, "limit of the wait", Operation.STOPPING),
  /** Rule L-400(6). */
  STOP_EXITED(Operation.STOPPING, "Exited", Operation.NONE),
  /** The process was gone already. */
  STOP_RETURNED(Operation.STOPPING, "StopReturned", Operation.NONE),
  /** The runtime does not know it any more. */
  STOP_GONE(Operation.STOPPING, "Gone", Operation.NONE),
  /** Rule L-406. */
  STOP_FAILED(Operation.STOPPING, "StopFailed", Operation.NONE);

  private final Operation from;
  private final String cause;
  private final Operation to;

  ContainerTransition(Operation from, String cause, Operation to) {
    this.from = from;
    this.cause = cause;
    this.to = to;
  }

  @Override
  public Operation before() {
    return from;
  }

  @Override
  public Operation after() {
    return to;
  }

  @Override
  public String cause() {
    return cause;
  }
}
