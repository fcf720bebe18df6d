package dev.slipway.engine.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code status} of a pod. The phase is null where the API server has not set one; texts may be
 * empty.
 *
 * @param resources requests and limits in force for the whole pod, empty where not reported
 * @param allocatedResources requests set aside for the whole pod, empty where not reported
 */
public record PodStatus(
    @Nullable PodPhase phase,
    String reason,
    String message,
    long startTime,
    String podIP,
    String qosClass,
    long observedGeneration,
    List<PodCondition> conditions,
    List<ContainerStatus> initContainerStatuses,
    List<ContainerStatus> containerStatuses,
    List<ContainerStatus> ephemeralContainerStatuses,
    ResourceRequirements resources,
    Map<String, Quantity> allocatedResources) {
  public static final PodStatus EMPTY =
      new PodStatus(
          null, "", "", Times.NONE, "", "", 0, List.of(), List.of(), List.of(), List.of());

  public PodStatus {
    conditions = List.copyOf(conditions);
    initContainerStatuses = List.copyOf(initContainerStatuses);
    containerStatuses = List.copyOf(containerStatuses);
    ephemeralContainerStatuses = List.copyOf(ephemeralContainerStatuses);
    allocatedResources = Map.copyOf(allocatedResources);
  }

  /** A status that says nothing about the resources of the whole pod. */
  public PodStatus(
      @Nullable PodPhase phase,
      String reason,
      String message,
      long startTime,
      String podIP,
      String qosClass,
      long observedGeneration,
      List<PodCondition> conditions,
      List<ContainerStatus> initContainerStatuses,
      List<ContainerStatus> containerStatuses,
      List<ContainerStatus> ephemeralContainerStatuses) {
    this(
        phase,
        reason,
        message,
        startTime,
        podIP,
        qosClass,
        observedGeneration,
        conditions,
        initContainerStatuses,
        containerStatuses,
        ephemeralContainerStatuses,
        ResourceRequirements.NONE,
        Map.of());
  }
}
