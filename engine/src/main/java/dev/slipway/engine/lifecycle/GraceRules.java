package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.state.PodActions.StopReason;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.why.Because;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;
import org.jspecify.annotations.Nullable;

/** How long a stop may take, in whole seconds (rules L-411, L-413, L-421). Pure functions. */
public final class GraceRules {
  /** Rule L-411: nothing is set anywhere. */
  private static final long UNSET = 2;

  private GraceRules() {}

  /** Rule L-411: grace of one container's stop when the stop has none of its own. */
  public static long ofContainer(PodState pod, int c, StopReason reason) {
    return ofContainer(pod, c, reason, Because.NOBODY);
  }

  /** The same, and tells which of them it is. */
  static long ofContainer(PodState pod, int c, StopReason reason, Because why) {
    Long deletion = pod.meta.deletionGracePeriodSeconds();
    if (deletion != null) {
      return told(why, c, Cause.GRACE_OF_DELETION, deletion);
    }
    Long podGrace = pod.shape.spec.terminationGracePeriodSeconds();
    if (podGrace == null) {
      return told(why, c, Cause.GRACE_UNSET, UNSET);
    }
    Long probeGrace = ofProbe(pod.shape.container(c), reason);
    if (probeGrace == null) {
      return told(why, c, Cause.GRACE_OF_POD, podGrace);
    }
    boolean startup = reason == StopReason.STARTUP_PROBE;
    Cause cause = startup ? Cause.GRACE_OF_STARTUP_PROBE : Cause.GRACE_OF_LIVENESS_PROBE;
    return told(why, c, cause, probeGrace);
  }

  private static long told(Because why, int c, Cause cause, long seconds) {
    why.because(Subject.GRACE, c, cause, c, seconds);
    return seconds;
  }

  /** Rule L-413. */
  private static @Nullable Long ofProbe(ContainerSpec container, StopReason reason) {
    ProbeSpec probe =
        switch (reason) {
          case STARTUP_PROBE -> container.startupProbe();
          case LIVENESS_PROBE -> container.livenessProbe();
          case NONE, RESIZE, FAILED_POST_START_HOOK, RESTART_ALL_CONTAINERS, UNKNOWN -> null;
        };
    return probe == null ? null : probe.terminationGracePeriodSeconds();
  }

  /**
   * Rule L-421: the effective grace of a termination; it only ever shrinks.
   *
   * @param inForce the value so far, 0 if none
   * @param override the requester's, negative if none
   */
  public static long effective(PodState pod, long inForce, long override) {
    long grace = inForce;
    Long deletion = pod.apiMeta.deletionGracePeriodSeconds();
    if (deletion != null && (grace == 0 || deletion < grace)) {
      grace = deletion;
    }
    if (override >= 0 && (grace == 0 || override < grace)) {
      grace = override;
    }
    Long podGrace = pod.shape.spec.terminationGracePeriodSeconds();
    if (grace == 0 && podGrace != null) {
      grace = podGrace;
    }
    return Math.max(grace, 1);
  }
}
