package dev.slipway.engine.resources;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pod's status says about its resources.
 *
 * @param containers statuses of app containers, then of init containers
 * @param allocatedResources requests set aside for the whole pod, absent where not reported
 * @param resources requests and limits in force for the whole pod, null where not reported
 * @param resizeInfeasible condition PodResizePending with reason Infeasible
 * @param qosClass the stored class, null where not set
 */
public record ResourceStatus(
    List<ContainerResourceStatus> containers,
    ResourceList allocatedResources,
    @Nullable Resources resources,
    boolean resizeInfeasible,
    List<NodeAllocatableClaim> claims,
    @Nullable QosClass qosClass) {
  /** Nothing reported yet. */
  public static final ResourceStatus NONE =
      new ResourceStatus(List.of(), ResourceList.ABSENT, null, false, List.of(), null);

  public ResourceStatus {
    containers = List.copyOf(containers);
    claims = List.copyOf(claims);
  }

  /** The first status of that name, null if there is none. */
  @Nullable ContainerResourceStatus container(String name) {
    for (int i = 0; i < containers.size(); i++) {
      if (containers.get(i).name().equals(name)) {
        return containers.get(i);
      }
    }
    return null;
  }
}
