package dev.slipway.engine.probe;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Departure;
import dev.slipway.engine.profile.Gate;
import dev.slipway.engine.profile.Profile;
import java.util.function.DoubleSupplier;

/**
 * What probe workers know of the node agent they belong to.
 *
 * @param jitter start delay of workers (P-020)
 * @param agentStart when the agent started, or began to look after pods that ran already (P-104);
 *     {@link Times#NONE}: before all of them
 * @param initialAlways an instance that runs since before the agent gets initial results too
 *     (P-101)
 * @param wholeSeconds container starts are known to the second (P-026)
 * @param delayAfterStartup initial delays count from the startup probe's success (P-027)
 * @param freshRun a run of equal results ends with its instance (P-046)
 */
public record ProbeSettings(
    ProbeRules.Jitter jitter,
    long agentStart,
    boolean initialAlways,
    boolean wholeSeconds,
    boolean delayAfterStartup,
    boolean freshRun) {
  /** Rule P-100: an instance this much older than the agent is from before. */
  private static final long MARGIN = 10 * Times.SECOND;

  /** A kubelet's, with its usual way of counting. */
  public ProbeSettings(
      ProbeRules.Jitter jitter, long agentStart, boolean initialAlways, boolean wholeSeconds) {
    this(jitter, agentStart, initialAlways, wholeSeconds, false, false);
  }

  /** An agent of the default profile that has run for ever. */
  public static ProbeSettings of(ProbeRules.Jitter jitter) {
    return of(Profile.K8S_1_37, jitter);
  }

  /** An agent that has run for ever. */
  public static ProbeSettings of(Profile profile, ProbeRules.Jitter jitter) {
    return new ProbeSettings(
        jitter,
        Times.NONE,
        profile.gates().on(Gate.CHANGE_CONTAINER_STATUS_ON_KUBELET_RESTART),
        !profile.departs(Departure.EXACT_CONTAINER_START),
        profile.departs(Departure.DELAY_AFTER_STARTUP),
        profile.departs(Departure.FRESH_RUN_AFTER_RESTART));
  }

  /**
   * The start delay of an agent's workers (P-020): none once the agent is as old as the period,
   * else a random part of it.
   *
   * @param random draws from [0, 1), once per worker that waits
   */
  public static ProbeRules.Jitter jitter(long agentStart, DoubleSupplier random) {
    return (period, now) ->
        now - agentStart >= period ? 0 : (long) (random.getAsDouble() * (double) period);
  }

  /** Rule P-100: the instance runs since before the agent started. */
  public boolean fromBefore(long startedAt) {
    return startedAt != Times.NONE
        && agentStart != Times.NONE
        && !initialAlways
        && startedAt < agentStart - MARGIN;
  }
}
