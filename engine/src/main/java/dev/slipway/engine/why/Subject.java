package dev.slipway.engine.why;

/** What a cause is the cause of. */
public enum Subject {
  /** A sandbox is made. */
  SANDBOX,
  /** The sandbox is stopped. */
  SANDBOX_STOP,
  /** A container is started. */
  START,
  /** How restart back-off judged that start. */
  BACK_OFF,
  /** A container is stopped. */
  STOP,
  /** How long that stop may take. */
  GRACE,
  /** A sidecar waits for its turn to be stopped. */
  TURN,
  /** The stop signal is sent. */
  SIGNAL,
  /** The process is killed, should it still be there when the grace is over. */
  KILL,
  /** A lifecycle hook is run. */
  HOOK,
  /** What the exit code of the stop that begins now counts for. */
  EXIT_CODE,
  /** The next Kubernetes event of the container, or of the pod. */
  EVENT,
  /** The cached result of a probe. */
  STARTUP_RESULT,
  LIVENESS_RESULT,
  READINESS_RESULT,
  /** The record of a container is removed from the runtime. */
  REMOVE,
  /** Resources of a running container, or of the pod, are set. */
  RESIZE,
  /** The pod begins to terminate. */
  TERMINATION,
  /** The API's answer to a delete request, or the removal of the object. */
  DELETION,
  PHASE,
  /** State of a container's status. */
  STATE,
  STARTED,
  READY,
  RESTART_COUNT,
  // The conditions, in the order of the list (rule L-600).
  RESIZE_PENDING_CONDITION,
  RESIZE_IN_PROGRESS_CONDITION,
  DISRUPTION_TARGET_CONDITION,
  READY_TO_START_CONDITION,
  INITIALIZED_CONDITION,
  READY_CONDITION,
  CONTAINERS_READY_CONDITION,
  SCHEDULED_CONDITION,
  ALL_RESTARTING_CONDITION
}
