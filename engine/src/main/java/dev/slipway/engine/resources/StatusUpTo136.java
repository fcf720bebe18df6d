package dev.slipway.engine.resources;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How releases up to 1.36 took the status of a resize into account (R-037; source:
 * component-helpers {@code resource/helpers.go}, 1.36): the larger amount of each container, summed
 * up then. Statuses of regular init containers do not count, nor any without resources in force.
 */
public final class StatusUpTo136 {
  private StatusUpTo136() {}

  /** The pod with each container's amounts as those releases counted them, for {@code SPEC}. */
  public static PodResources view(PodResources pod) {
    return new PodResources(
        view(pod, pod.initContainers()),
        view(pod, pod.containers()),
        pod.podLevel(),
        pod.overhead(),
        pod.status());
  }

  private static List<ContainerResources> view(PodResources pod, List<ContainerResources> list) {
    boolean inits = list == pod.initContainers();
    return list.stream()
        .map(container ->
            inits && !container.alwaysRestarts()
                ? container
                : view(container, pod.status().container(container.name()), pod.status()))
        .toList();
  }

  private static ContainerResources view(
      ContainerResources container, @Nullable ContainerResourceStatus status, ResourceStatus pod) {
    Resources actual = status == null ? null : status.resources();
    if (status == null || actual == null) {
      return container;
    }
    boolean infeasible = pod.resizeInfeasible();
    ResourceList requests = infeasible ? ResourceList.EMPTY : container.requests();
    ResourceList limits = infeasible ? ResourceList.EMPTY : container.limits();
    return container.with(
        requests.max(actual.requests()).max(status.allocatedResources()),
        limits.max(actual.limits()));
  }
}
