package dev.slipway.engine.resources;

import java.util.Map;

/**
 * What a kubelet on Linux does about its node where nobody configures anything (R-072, R-134;
 * source: {@code pkg/kubelet/apis/config/v1beta1/defaults.go}, 1.36).
 */
public final class KubeletDefaults {
  /** {@code maxPods}. */
  public static final int MAX_PODS = 110;

  /** {@code evictionHard} by signal. */
  public static final Map<EvictionRanking.Signal, EvictionThreshold> EVICTION_HARD =
      Map.of(
          EvictionRanking.Signal.MEMORY_AVAILABLE, EvictionThreshold.parse("100Mi"),
          EvictionRanking.Signal.NODEFS_AVAILABLE, EvictionThreshold.parse("10%"),
          EvictionRanking.Signal.NODEFS_INODES_FREE, EvictionThreshold.parse("5%"),
          EvictionRanking.Signal.IMAGEFS_AVAILABLE, EvictionThreshold.parse("15%"),
          EvictionRanking.Signal.IMAGEFS_INODES_FREE, EvictionThreshold.parse("5%"));

  private KubeletDefaults() {}

  /**
   * Pods a node may have.
   *
   * @param podsPerCore caps {@code maxPods} if positive
   * @param cores whole cores of the machine
   */
  public static long pods(int maxPods, int podsPerCore, long cores) {
    return podsPerCore > 0 ? Math.min(maxPods, podsPerCore * cores) : maxPods;
  }

  /** {@code pids.max} of a pod's cgroup: {@code podPidsLimit} if positive, else {@code max}. */
  public static String podPidsMax(long podPidsLimit) {
    return podPidsLimit > 0 ? Long.toString(podPidsLimit) : "max";
  }
}
