package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;

/**
 * {@code oom_score_adj} of a container (rules; source: {@code
 * pkg/kubelet/qos/policy.go}, 1.37).
 */
public final class OomScore {
  /** Containers of Guaranteed and of node-critical pods. */
  public static final int PROTECTED = -997;

  /** Containers of BestEffort pods: first to go. */
  public static final int BEST_EFFORT = 1000;

  /** kubelet and kube-proxy themselves. */
  public static final int NODE_AGENT = -999;

  private static final long SCALE = 1000;
  private static final long LEAST_BURSTABLE = SCALE + PROTECTED;

  private OomScore() {}

  /**
   * The score of one container.
   *
   * @param sidecar whether it is an init container that always restarts
   * @param memoryCapacity bytes of the machine, not what is allocatable
   */
  public static int of(
      PodResources pod,
      ContainerResources container,
      boolean sidecar,
      PodImportance importance,
      long memoryCapacity) {
    if (importance.isNodeCritical()) {
      return PROTECTED;
    }
    return switch (QosRules.of(pod)) {
      case GUARANTEED -> PROTECTED;
      case BEST_EFFORT -> BEST_EFFORT;
      case BURSTABLE -> burstable(pod, container, sidecar, memoryCapacity);
    };
  }

  private static int burstable(
      PodResources pod, ContainerResources container, boolean sidecar, long memoryCapacity) {
    long share = podLevelShare(pod);
    long score = score(memory(container) + share, memoryCapacity);
    if (sidecar) {
      score = Math.min(score, score(smallestApp(pod) + share, memoryCapacity));
    }
    if (score < LEAST_BURSTABLE) {
      return (int) LEAST_BURSTABLE;
    }
    return (int) (score == BEST_EFFORT ? BEST_EFFORT - 1 : score);
  }

  private static long score(long request, long capacity) {
    return SCALE - SCALE * request / capacity;
  }

  private static long memory(ContainerResources container) {
    return container.requests().getOrZero(ResourceNames.MEMORY).value();
  }

  private static long smallestApp(PodResources pod) {
    long smallest = Long.MAX_VALUE;
    for (ContainerResources app : pod.containers()) {
      smallest = Math.min(smallest, memory(app));
    }
    return pod.containers().isEmpty() ? 0 : smallest;
  }

  /** what the pod requests beyond its containers, shared out evenly. */
  private static long podLevelShare(PodResources pod) {
    Resources podLevel = pod.podLevel();
    if (podLevel == null || !podLevel.hasPodLevelRequests()) {
      return 0;
    }
    Quantity requested = podLevel.requests().getOrZero(ResourceNames.MEMORY);
    long count = (long) pod.containers().size() + pod.initContainers().size();
    if (requested.isZero() || count == 0) {
      return 0;
    }
    ResourceList containers = EffectiveResources.containerRequests(pod, ResourceOptions.SPEC);
    long beyond = requested.value() - containers.getOrZero(ResourceNames.MEMORY).value();
    return Math.max(0, beyond) / count;
  }
}
