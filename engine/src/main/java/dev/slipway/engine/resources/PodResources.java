package dev.slipway.engine.resources;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ResourceRequirements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pod as far as its resources go; ephemeral containers cannot declare any.
 *
 * @param podLevel {@code spec.resources}, null where absent
 * @param overhead of the runtime class
 */
public record PodResources(
    List<ContainerResources> initContainers,
    List<ContainerResources> containers,
    @Nullable Resources podLevel,
    ResourceList overhead,
    ResourceStatus status) {
  public PodResources {
    initContainers = List.copyOf(initContainers);
    containers = List.copyOf(containers);
  }

  /**
   * From the API's record. Statuses there carry no resources, so that only the stored QoS class is
   * taken.
   */
  public static PodResources of(Pod pod) {
    PodResources spec = of(pod.spec());
    QosClass qos = QosClass.parse(pod.status().qosClass());
    return qos == null
        ? spec
        : spec.withStatus(
            new ResourceStatus(List.of(), ResourceList.ABSENT, null, false, List.of(), qos));
  }

  /** From the API's record. */
  public static PodResources of(PodSpec spec) {
    ResourceRequirements podLevel = spec.resources();
    return new PodResources(
        containers(spec.initContainers()),
        containers(spec.containers()),
        podLevel == null ? null : Resources.of(podLevel),
        ResourceList.of(spec.overhead()),
        ResourceStatus.NONE);
  }

  private static List<ContainerResources> containers(List<ContainerSpec> specs) {
    return specs.stream().map(ContainerResources::of).toList();
  }

  public PodResources withStatus(ResourceStatus newStatus) {
    return new PodResources(initContainers, containers, podLevel, overhead, newStatus);
  }

  public PodResources withPodLevel(@Nullable Resources newPodLevel) {
    return new PodResources(initContainers, containers, newPodLevel, overhead, status);
  }

  /**
   * Pod-level resources are set: at least one supported name is requested or limited (R-026,
   *
   */
  public boolean hasPodLevel() {
    return podLevel != null && (podLevel.hasPodLevelRequests() || podLevel.hasPodLevelLimits());
  }

  /** Pod-level requests are set: at least one supported name is requested. */
  public boolean hasPodLevelRequests() {
    return podLevel != null && podLevel.hasPodLevelRequests();
  }

  /** Pod-level limits are set: at least one supported name is limited. */
  public boolean hasPodLevelLimits() {
    return podLevel != null && podLevel.hasPodLevelLimits();
  }

  /** What the pod level says in place of the containers' amounts, supported names only. */
  ResourceList podLevelAmounts(boolean requests) {
    if (podLevel == null) {
      return ResourceList.EMPTY;
    }
    ResourceList list = requests ? podLevel.requests() : podLevel.limits();
    var amounts = new ResourceSums(list.size());
    for (int i = 0; i < list.size(); i++) {
      if (ResourceNames.isPodLevel(list.name(i))) {
        amounts.put(list.name(i), list.amount(i));
      }
    }
    return amounts.toList();
  }
}
