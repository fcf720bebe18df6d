package dev.slipway.engine.why;

/**
 * The causes there are: the rule (of {@code slipway rules}) and the fact in words.
 *
 * <p>Places in the words: {@code {c}} the container it is about, {@code {about}} the one that set
 * it off, {@code {more}} how many beside it, {@code {n}} the number, {@code {s}} the number as
 * seconds, {@code {at}} the number as a time, {@code {end}} why the pod terminates, {@code
 * {startup}}, {@code {liveness}}, {@code {readiness}} the last result of that probe of {@code
 * {about}}.
 */
public enum Cause {
  // Sandbox.
  NO_SANDBOX("L-101", "the pod has no sandbox yet"),
  SANDBOXES_READY("L-101", "more than one sandbox is ready"),
  SANDBOX_NOT_READY("L-101", "the sandbox is not ready any more"),
  SANDBOX_NETWORK_MODE("L-101", "the network mode of the sandbox is not the pod's"),
  SANDBOX_WITHOUT_IP("L-101", "the sandbox has no IP address"),
  SANDBOX_STOPPED_WITH_POD("L-151", "all containers of the pod are stopped"),
  SANDBOX_STOPPED_AT_END("L-423", "the pod terminates and its containers are stopped"),

  // Starts.
  EPHEMERAL_FIRST("L-106", "{c} is an ephemeral container and was never started"),
  FIRST_INIT_OF_SANDBOX("L-102", "the sandbox is new, and initialization begins with {c}"),
  APP_OF_SANDBOX("L-102", "the sandbox is new, and the pod has no init containers"),
  LEGACY_INIT("L-904", "{c} is the next init container by the rules without sidecars"),
  LEGACY_INIT_FAILED("L-904", "{about} failed, and the pod restarts nothing"),
  FIRST_INIT("L-111", "no init container has run in this sandbox"),
  AFTER_INIT("L-111", "{about}, the init container before it, exited with code 0"),
  AFTER_SIDECAR("L-114", "{about} is started: it runs and has no startup probe"),
  AFTER_PROBED_SIDECAR("L-114", "{about} is started: {startup}"),
  HALF_STARTED("L-111", "the start before was not finished"),
  RECORD_UNKNOWN("L-111", "the runtime does not know the state of {c}"),
  INIT_FAILED("L-117", "{c} failed with exit code {n} and may be tried again"),
  SIDECAR_WITHOUT_RECORD("L-111", "there is no record of {c}, and a later container was started"),
  SIDECAR_EXITED("L-304", "{c} exited with code {n}, and a sidecar is restarted after any"),
  INITIALIZED_BY_INIT("L-122", "{about}, the last init container, exited with code 0"),
  INITIALIZED_BY_SIDECAR(
      "L-114", "{about}, the last init container, runs and has no startup probe"),
  INITIALIZED_BY_PROBED_SIDECAR("L-114", "{about}, the last init container, is started: {startup}"),
  INITIALIZED_BEFORE("L-110", "there is no record of {c}, and the pod is initialized"),
  NO_RECORD("L-130", "there is no record of {c}"),
  APP_HALF_STARTED("L-130", "the start before was not finished"),
  APP_UNKNOWN("L-130", "the runtime does not know the state of {c}"),
  RULE_RESTARTS("L-302", "{c} exited with code {n}, and its restart rule for that says Restart"),
  RULE_RESTARTS_ALL(
      "L-302", "{c} exited with code {n}, and its restart rule for that says RestartAllContainers"),
  POLICY_ALWAYS("L-302", "{c} exited with code {n}, and its restart policy is Always"),
  POLICY_ON_FAILURE("L-302", "{c} exited with code {n}, and its restart policy is OnFailure"),

  // Restart back-off and images.
  BACK_OFF_FIRST(
      "L-312",
      "the first end that back-off counts: at once; the next start waits {s} after its end"),
  BACK_OFF_OVER("L-311", "its back-off is over; the next start waits {s} after its end"),
  BACK_OFF_IN_FORCE("L-311", "{c} is restarted too often: no start before {at}"),
  PULL_ALWAYS("L-330", "the image is pulled at each start: its pull policy is Always"),
  PULL_MISSING("L-330", "the image is not on the node"),
  IMAGE_PRESENT("L-330", "the image is on the node, and its pull policy is not Always"),
  IMAGE_PULLED("L-330", "the pull ended"),
  IMAGE_NEVER("L-330", "the image is not on the node, and its pull policy is Never"),
  PULL_FAILED("L-331", "the pull failed"),
  PULL_BACK_OFF("L-331", "pulls of this image failed before: no pull until {at}"),
  START_STEP("L-200", "a start is create, then start, then the postStart hook"),
  START_FAILED("L-201", "the runtime could not start the process"),
  START_ENDED("L-153", "a step of the start failed"),

  // Stops.
  SIDECAR_STARTUP_FAILED("L-113", "{startup}"),
  SIDECAR_LIVENESS_FAILED("L-115", "{liveness}"),
  SIDECAR_IMAGE_CHANGED("L-115", "the image of {c} was changed"),
  APP_IMAGE_CHANGED("L-132", "the image of {c} was changed"),
  APP_LIVENESS_FAILED("L-133", "{liveness}"),
  APP_STARTUP_FAILED("L-133", "{startup}"),
  RESIZE_RESTARTS("L-172", "a resize of {c} needs a restart"),
  RESIZE_IN_PLACE("L-173", "the resources granted are not those last set"),
  POST_START_FAILED("L-211", "the postStart hook of {c} failed"),
  RESET("L-100", "all containers of the pod are restarted in place"),
  STOP_WITHOUT_SANDBOX("L-104", "the sandbox is lost and not made anew: nothing is left to run"),
  STOP_FOR_SANDBOX("L-151", "the sandbox is to be made anew"),
  STOP_POD_DONE("L-141", "no app container runs, and none is to be started"),
  STOP_POD_FAILED("L-117", "{about} failed with exit code {n} and may not be tried again"),
  STOP_POD_FAILED_UNKNOWN(
      "L-117", "the state of {about} is not known, and it may not be restarted"),
  STOP_AT_TERMINATION("L-423", "the pod terminates: {end}"),
  SIDECAR_CODE_IGNORED("L-439", "a sidecar's exit code does not count"),

  // Grace.
  GRACE_OF_DELETION("L-411", "{s} of grace: the deletion's"),
  GRACE_UNSET("L-411", "{s} of grace: none is set"),
  GRACE_OF_STARTUP_PROBE("L-413", "{s} of grace: the startup probe's own"),
  GRACE_OF_LIVENESS_PROBE("L-413", "{s} of grace: the liveness probe's own"),
  GRACE_OF_POD("L-411", "{s} of grace: the pod's"),
  GRACE_EFFECTIVE("L-421", "{s} of grace: the smallest of what was asked for, at least 1s"),
  GRACE_OF_RESET("L-100", "no grace"),

  // Order, hooks, signals.
  WAITS_FOR_APP("L-433", "waits until the app containers are stopped: {about} is not"),
  WAITS_FOR_SIDECAR("L-433", "waits until the next sidecar, {about}, is stopped"),
  TURN_CAME("L-433", "{about} is stopped: {c} has its turn"),
  SIGNAL_AT_ONCE("L-432", "{c} has no hook to run and no turn to wait for"),
  SIGNAL_AFTER_HOOK("L-402", "the preStop hook is over; {s} of grace are left"),
  SIGNAL_AT_HOOK_LIMIT("L-401", "the preStop hook used up the grace"),
  SIGNAL_AT_TURN("L-433", "its turn has come; {s} of grace are left"),
  SIGNAL_AT_TURN_LIMIT("L-435", "its turn did not come while there was grace"),
  FLOOR("L-405", "no process gets less than 2s"),
  GRACE_OVER("L-400", "the process did not end within {s} of the stop signal"),
  POST_START("L-210", "the process is up, and {c} has a postStart hook"),
  PRE_STOP("L-212", "{c} is stopped with {s} of grace and has a preStop hook"),
  HOOK_FAILED("L-212", "the preStop hook failed; the stop goes on"),

  // Records.
  PURGED("L-154", "a new sandbox begins without records of init containers"),
  PRUNED("L-155", "only the newest ended record of an init container is kept"),

  // Probes.
  PROBE_RESET("P-033", "a new instance of {c}: the result is the initial one"),
  PROBE_CARRIED("P-100", "{c} runs since before the node agent and is started"),
  PROBE_FAILED("P-044", "it failed {n} times in a row, as many as its failureThreshold"),
  PROBE_SUCCEEDED("P-044", "it succeeded {n} times in a row, as many as its successThreshold"),
  PROBE_NOT_RUNNING("P-035", "{c} does not run"),
  PROBE_QUIET("P-036", "the pod was being deleted when the worker began"),
  PROBE_ANSWER("P-070", "an answer of the probe that is no plain success is recorded"),

  // Ends.
  DELETED("L-420", "the pod was deleted"),
  REMOVED_FROM_SOURCE("L-458", "the pod vanished from its source"),
  END_REQUESTED("L-420", "the node asks for it"),
  PHASE_IS_SUCCEEDED("L-420", "its phase is Succeeded"),
  PHASE_IS_FAILED("L-420", "its phase is Failed"),
  ORPHANED("L-427", "the runtime runs the pod, and nobody asks for it"),
  REJECTED("L-455", "the node refused the pod"),
  ADDED_AT_ITS_END("L-420", "the pod was being deleted, or had ended, when the node saw it"),
  EVICTION("L-452", "the node evicts the pod"),
  KILL_LIMIT("L-452", "the node waited long enough for the pod to end"),
  DELETE_OWN_GRACE("L-414", "{s} of grace: the pod's own"),
  DELETE_GRACE("L-414", "{s} of grace: the request's"),
  DELETE_AT_ONCE("L-414", "the pod is bound to no node or has ended: no grace"),
  DELETE_SHORTENED("L-415", "a later delete shortens the grace to {s}"),
  DELETE_UNCHANGED("L-415", "a later delete can only shorten the grace"),
  DELETE_SECOND_AT_ONCE("L-415", "the grace is over: the object goes at once"),
  OBJECT_REMOVED("L-428", "everything of the deleted pod is stopped and its last status written"),

  // Phase.
  PHASE_INIT_FAILED("L-502", "{about}, an init container, failed and may not be tried again"),
  PHASE_INIT_PENDING("L-502", "{about}, an init container, has not completed"),
  PHASE_SIDECAR_PENDING("L-502", "{about} is not started, and no app container has run"),
  PHASE_WAITING("L-502", "{about} has not run yet"),
  PHASE_RUNNING("L-502", "{about} runs, and nothing is left to be started first"),
  PHASE_RESTARTS("L-502", "no app container runs, but {about} is to be restarted"),
  PHASE_SUCCEEDED("L-502", "all app containers exited with code 0 and stay down"),
  PHASE_FAILED(
      "L-502", "all app containers ended, {about} with a code that is not 0, and stay down"),
  PHASE_END_SUCCEEDED("L-503", "nothing runs again, and all app containers exited with code 0"),
  PHASE_END_FAILED("L-503", "nothing runs again, and {about} did not exit with code 0"),
  PHASE_UNKNOWN("L-502", "not all containers have a status yet"),
  PHASE_KEPT("L-505", "a phase that is the last does not change"),
  PHASE_DEADLINE("L-506", "activeDeadlineSeconds are over"),
  PHASE_REQUESTED("L-452", "the node ends the pod and says so"),
  PHASE_FORCED("L-504", "the pod ended without a last phase"),

  // States of containers.
  STATE_NOTHING_RAN("L-521", "nothing of {c} has run, and the pod has init containers"),
  STATE_NOTHING_RAN_APP("L-521", "nothing of {c} has run"),
  STATE_KEPT("L-536", "the record of {c} is gone: its end is kept"),
  STATE_RESTARTING_ALL("L-536", "the record of {c} was removed to restart all containers"),
  STATE_LOST("L-536", "{c} was running, and its record is gone"),
  STATE_UNKNOWN("L-536", "the runtime lost track of {c}"),
  STATE_CREATED("L-525", "{c} is created and not started"),
  STATE_RUNNING("L-525", "the runtime says that {c} runs"),
  STATE_EXITED("L-525", "the runtime says that {c} exited"),
  STATE_COMPLETED_UNSEEN("L-537", "the record of {c} is gone, and an app container was started"),
  STATE_START_FAILED("L-522", "{c} is to run, and its last start did not succeed"),
  STATE_LOST_AT_END("L-536", "the pod ended, and how {c} ended is not known"),
  NEW_INSTANCE("L-531", "a new instance of {c}"),

  // started and ready.
  STARTED_NOT_RUNNING("L-220", "{c} does not run"),
  STARTED_BY_PROBE("L-220", "{startup}"),
  STARTED_NOT_YET("L-220", "{c} runs, and its startup probe has not succeeded"),
  STARTED_CARRIED("L-222", "no startup result yet: the value of before stays"),
  STARTED_WITHOUT_PROBE("L-220", "{c} runs, and no startup probe holds it back"),
  READY_INIT("L-221", "{c}, an init container, exited with code 0"),
  READY_NOT_INIT("L-221", "{c}, an init container, has not exited with code 0"),
  READY_NOT_STARTED("L-221", "{c} is not started"),
  READY_BY_PROBE("L-221", "{readiness}"),
  READY_WITHOUT_PROBE("L-221", "{c} is started, and no readiness probe holds it back"),
  READY_NOT_YET("L-221", "the readiness probe of {c} does not say Success"),
  READY_FROM_BEFORE("P-102", "{c} runs since before the node agent: what the API said is kept"),
  READY_CHANGED("L-613", "{readiness}"),
  STARTED_CHANGED("L-613", "{startup}"),

  // Conditions.
  TO_START_NO_SANDBOX("L-602", "the pod has no sandbox"),
  TO_START_BAD_SANDBOX("L-602", "the sandbox is not usable"),
  TO_START_READY("L-602", "the sandbox is ready"),
  NO_STATUSES("L-603", "no container has a status"),
  INITIALIZED_COMPLETED("L-603", "the pod succeeded"),
  INITIALIZED_APP_RAN("L-603", "{about}, an app container, has run"),
  INITIALIZED_STAYS("L-603", "it was True before"),
  INITIALIZED_COMPLETE("L-603", "no init container is left to complete or to be started"),
  INITIALIZED_NOT("L-603", "{about}{more} is not done: not completed, or not started if a sidecar"),
  ALL_READY("L-604", "every sidecar and app container is ready"),
  NOT_READY("L-604", "not ready: {about}{more}"),
  READY_NO_STATUSES("L-604", "no container has a status"),
  READY_POD_SUCCEEDED("L-604", "the pod succeeded"),
  READY_POD_FAILED("L-604", "the pod failed"),
  READY_LIKE_CONTAINERS("L-605", "as ContainersReady"),
  READY_GATES("L-605", "a readiness gate is missing or not True"),
  SCHEDULED("L-601", "the node has taken the pod"),
  RESTART_ALL_POD_ENDED("L-630", "the pod ended"),
  RESTART_ALL_NOT_WANTED(
      "L-630", "no restart of all containers is wanted, or their records are gone"),
  RESTART_ALL_WANTED(
      "L-630", "a container exited with a code whose rule says RestartAllContainers"),
  DISRUPTED("L-452", "the node ends the pod and says so"),
  KEPT_CONDITION("L-607", "once there it stays"),
  RESIZE_CONDITION("L-620", "what the resize of the pod has come to");

  private final String rule;
  private final String words;

  Cause(String rule, String words) {
    this.rule = rule;
    this.words = words;
  }

  /** The rule's id. */
  public String rule() {
    return rule;
  }

  /** The fact, with places for what it is about. */
  public String words() {
    return words;
  }
}
