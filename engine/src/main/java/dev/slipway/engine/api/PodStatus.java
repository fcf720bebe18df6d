package dev.slipway.engine.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code status} of a pod. The phase is null where the API server has not set one; texts may be
 * empty.
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
    List<ContainerStatus> ephemeralContainerStatuses) {
  public static final PodStatus EMPTY =
      new PodStatus(
          null, "", "", Times.NONE, "", "", 0, List.of(), List.of(), List.of(), List.of());

  public PodStatus {
    conditions = List.copyOf(conditions);
    initContainerStatuses = List.copyOf(initContainerStatuses);
    containerStatuses = List.copyOf(containerStatuses);
    ephemeralContainerStatuses = List.copyOf(ephemeralContainerStatuses);
  }
}
