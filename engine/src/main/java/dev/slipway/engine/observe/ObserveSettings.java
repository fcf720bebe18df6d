package dev.slipway.engine.observe;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.restart.BackOffLimits;

/**
 * What judging a pod depends on besides its versions.
 *
 * @param profile the kubelet whose rules hold
 * @param backOff restart delays of the nodes
 * @param skewNanos by how much the clocks of the API server and of a node may differ: times of the
 *     two are compared with this much to spare
 * @param stuckAfterNanos initialization that lasts longer is reported
 * @param jobHeldAfterNanos a container that runs on that long after another of its Job's pod has
 *     completed is reported
 */
public record ObserveSettings(
    Profile profile,
    BackOffLimits backOff,
    long skewNanos,
    long stuckAfterNanos,
    long jobHeldAfterNanos) {
  private static final long USUAL_RESTART_PERIOD_SECONDS = 300;

  /** Kubernetes 1.37 on nodes with their own defaults. */
  public static final ObserveSettings DEFAULT =
      new ObserveSettings(
          Profile.K8S_1_37,
          BackOffLimits.of(USUAL_RESTART_PERIOD_SECONDS, false),
          2 * Times.SECOND,
          600 * Times.SECOND,
          300 * Times.SECOND);
}
