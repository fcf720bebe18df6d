package dev.slipway.engine.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code spec} of a pod with the fields the rules read (rule L-011), defaulted as the API server
 * does (V-60).
 */
public record PodSpec(
    RestartPolicy restartPolicy,
    @Nullable Long terminationGracePeriodSeconds,
    @Nullable Long activeDeadlineSeconds,
    boolean hostNetwork,
    String nodeName,
    List<String> readinessGates,
    List<ContainerSpec> initContainers,
    List<ContainerSpec> containers,
    List<ContainerSpec> ephemeralContainers,
    @Nullable ResourceRequirements resources,
    Map<String, Quantity> overhead,
    @Nullable Integer priority,
    String priorityClassName) {
  /** Of an object of which only its identity is known. */
  public static final PodSpec EMPTY =
      new PodSpec(
          RestartPolicy.ALWAYS,
          null,
          null,
          false,
          "",
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          null,
          Map.of(),
          null,
          "");

  public PodSpec {
    readinessGates = List.copyOf(readinessGates);
    initContainers = List.copyOf(initContainers);
    containers = List.copyOf(containers);
    ephemeralContainers = List.copyOf(ephemeralContainers);
    overhead = Map.copyOf(overhead);
  }

  /** The same spec on another node. */
  public PodSpec withNodeName(String newNodeName) {
    return new PodSpec(
        restartPolicy,
        terminationGracePeriodSeconds,
        activeDeadlineSeconds,
        hostNetwork,
        newNodeName,
        readinessGates,
        initContainers,
        containers,
        ephemeralContainers,
        resources,
        overhead,
        priority,
        priorityClassName);
  }

  /** The same spec with other pod-level resources. */
  public PodSpec withResources(@Nullable ResourceRequirements newResources) {
    return new PodSpec(
        restartPolicy,
        terminationGracePeriodSeconds,
        activeDeadlineSeconds,
        hostNetwork,
        nodeName,
        readinessGates,
        initContainers,
        containers,
        ephemeralContainers,
        newResources,
        overhead,
        priority,
        priorityClassName);
  }

  /** The same spec with other container lists. */
  public PodSpec withContainers(
      List<ContainerSpec> init, List<ContainerSpec> app, List<ContainerSpec> ephemeral) {
    return new PodSpec(
        restartPolicy,
        terminationGracePeriodSeconds,
        activeDeadlineSeconds,
        hostNetwork,
        nodeName,
        readinessGates,
        init,
        app,
        ephemeral,
        resources,
        overhead,
        priority,
        priorityClassName);
  }
}
