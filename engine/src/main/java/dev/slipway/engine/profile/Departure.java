package dev.slipway.engine.profile;

/** What the engine can do otherwise than any kubelet, if asked to. */
public enum Departure {
  /**
   * No new probe workers for containers that have finished for good, and so no pass a second
   * (P-019): for running pods by the million. Nothing but the times of other passes changes.
   */
  NO_IDLE_LOOP,

  /**
   * A shorter grace that comes while containers are being stopped ends the waits in progress
   * (L-425, {@code honour}).
   */
  SHORTER_GRACE_AT_ONCE,

  /** Readiness is probed at its ticks only, never for a pass that found it wanting (P-064). */
  PERIODIC_PROBES,

  /** Initial delays count from the exact start of a container, not its whole second (P-026). */
  EXACT_CONTAINER_START,

  /** Liveness and readiness count their initial delay from the startup probe's success (P-027). */
  DELAY_AFTER_STARTUP,

  /** A run of equal probe results ends with the instance it was counted on (P-046). */
  FRESH_RUN_AFTER_RESTART
}
