package dev.slipway.engine.runtime;

/** Sees what a modelled runtime is asked and does, for timelines and records. */
public interface RuntimeLog {
  RuntimeLog NONE = (op, container, attempt, detail, reason) -> {};

  /** What was asked or happened. */
  enum Op {
    RUN_SANDBOX("runSandbox"),
    SANDBOX_READY("sandboxReady"),
    SANDBOX_FAILED("sandboxFailed"),
    STOP_SANDBOX("stopSandbox"),
    PULL("pull"),
    /** Detail 1: it worked. */
    PULLED("pulled"),
    CREATE("create"),
    STARTED("started"),
    START_FAILED("startFailed"),
    /** Detail: the exit code. */
    EXITED("exited"),
    POST_START("postStart"),
    POST_START_DONE("postStartDone"),
    PRE_STOP("preStop"),
    PRE_STOP_DONE("preStopDone"),
    /** Detail: the grace in seconds. */
    STOP("stop"),
    /** Resources are set, of the pod's cgroup if the container is -1; reason: the values. */
    UPDATE("update"),
    /** Not a call: SIGKILL is sent. */
    KILL("kill"),
    /**
     * A probe was executed; detail: 1 success, 0 failure, -1 timed out; reason: the probe's type.
     */
    PROBE("probe");

    private final String text;

    Op(String text) {
      this.text = text;
    }

    /** The name in recorded traces. */
    public String text() {
      return text;
    }
  }

  /**
   * Notes one thing.
   *
   * @param container ordinal, -1 for the sandbox
   * @param attempt restart count of the instance, or the sandbox's attempt
   */
  void note(Op op, int container, int attempt, long detail, String reason);
}
