package dev.slipway.engine.resources;

import dev.slipway.engine.api.Times;
import org.jspecify.annotations.Nullable;

/**
 * What the kubelet does under pressure around the order of {@link EvictionRanking} (rules R-154 to
 * R-156; source: {@code pkg/kubelet/eviction/eviction_manager.go}, 1.36).
 */
public final class Eviction {
  /** Between two looks at the node; one pod at most goes in each. */
  public static final long CYCLE = 10 * Times.SECOND;

  /** {@code evictionPressureTransitionPeriod}: how long pressure is reported after it was seen. */
  public static final long PRESSURE_TRANSITION = 300 * Times.SECOND;

  /** Reason of an evicted pod's status; its phase is Failed. */
  public static final String REASON = "Evicted";

  /** Reason of the condition DisruptionTarget it gets. */
  public static final String CONDITION_REASON = "TerminationByKubelet";

  private static final long HARD_GRACE_SECONDS = 1;

  private Eviction() {}

  /** Whether a pod may be evicted at all: critical ones are not. */
  public static boolean mayEvict(PodImportance importance) {
    return !importance.isCritical();
  }

  /**
   * Seconds an evicted pod has.
   *
   * @param soft the threshold is one with a grace period of its own
   * @param maxPodGraceSeconds {@code evictionMaxPodGracePeriod}
   * @param podGraceSeconds the pod's own, null where absent
   */
  public static long graceSeconds(
      boolean soft, long maxPodGraceSeconds, @Nullable Long podGraceSeconds) {
    if (!soft) {
      return HARD_GRACE_SECONDS;
    }
    return podGraceSeconds == null
        ? maxPodGraceSeconds
        : Math.min(maxPodGraceSeconds, podGraceSeconds);
  }

  /** Whether the node still reports pressure that was seen last at that time. */
  public static boolean reportsPressure(long lastSeen, long now) {
    return now - lastSeen < PRESSURE_TRANSITION;
  }
}
