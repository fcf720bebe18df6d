package dev.slipway.engine.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code status.containerStatuses} and its two sister lists.
 *
 * @param started null where absent
 * @param resources requests and limits in force, empty where not reported
 * @param allocatedResources requests set aside by the node, empty where not reported
 * @param lastAlsoWaiting an empty Waiting stands beside the Terminated of {@code lastState} (a
 *     container that was lost before its last state was known, rule L-536 b)
 */
public record ContainerStatus(
    String name,
    ContainerState state,
    ContainerState lastState,
    boolean ready,
    int restartCount,
    String image,
    String imageID,
    String containerID,
    @Nullable Boolean started,
    ResourceRequirements resources,
    Map<String, Quantity> allocatedResources,
    boolean lastAlsoWaiting) {
  public ContainerStatus {
    allocatedResources = Map.copyOf(allocatedResources);
  }

  /** A status that says nothing about resources. */
  public ContainerStatus(
      String name,
      ContainerState state,
      ContainerState lastState,
      boolean ready,
      int restartCount,
      String image,
      String imageID,
      String containerID,
      @Nullable Boolean started) {
    this(
        name,
        state,
        lastState,
        ready,
        restartCount,
        image,
        imageID,
        containerID,
        started,
        ResourceRequirements.NONE,
        Map.of(),
        false);
  }
}
