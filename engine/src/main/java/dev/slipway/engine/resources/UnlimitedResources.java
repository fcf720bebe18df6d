package dev.slipway.engine.resources;

import java.util.List;

/**
 * Whether a pod is bounded for a name: "no limit" is a value of its own, never zero (rules R-029,
 *
 */
public final class UnlimitedResources {
  private UnlimitedResources() {}

  /**
   * True if nothing bounds the whole pod for that name: no pod-level limit other than zero, and at
   * least one app, init or sidecar container without a limit of its own other than zero.
   */
  public static boolean isUnlimited(PodResources pod, String name) {
    Resources podLevel = pod.podLevel();
    if (podLevel != null && podLevel.limits().isNonZero(name)) {
      return false;
    }
    return !allLimited(pod.containers(), name) || !allLimited(pod.initContainers(), name);
  }

  private static boolean allLimited(List<ContainerResources> containers, String name) {
    for (int i = 0; i < containers.size(); i++) {
      if (!containers.get(i).limits().isNonZero(name)) {
        return false;
      }
    }
    return true;
  }
}
