package dev.slipway.engine.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One container of a pod with the fields that decide its life (rule L-012). */
public record ContainerSpec(
    String name,
    String image,
    ImagePullPolicy imagePullPolicy,
    @Nullable RestartPolicy restartPolicy,
    List<RestartRule> restartPolicyRules,
    @Nullable ProbeSpec startupProbe,
    @Nullable ProbeSpec livenessProbe,
    @Nullable ProbeSpec readinessProbe,
    @Nullable Handler postStart,
    @Nullable Handler preStop,
    String stopSignal,
    ResourceRequirements resources,
    List<ResizePolicy> resizePolicy,
    List<String> volumeMounts,
    List<ContainerPort> ports) {
  public ContainerSpec {
    ports = List.copyOf(ports);
    restartPolicyRules = List.copyOf(restartPolicyRules);
    resizePolicy = List.copyOf(resizePolicy);
    volumeMounts = List.copyOf(volumeMounts);
  }

  /** A container that names no ports. */
  public ContainerSpec(
      String name,
      String image,
      ImagePullPolicy imagePullPolicy,
      @Nullable RestartPolicy restartPolicy,
      List<RestartRule> restartPolicyRules,
      @Nullable ProbeSpec startupProbe,
      @Nullable ProbeSpec livenessProbe,
      @Nullable ProbeSpec readinessProbe,
      @Nullable Handler postStart,
      @Nullable Handler preStop,
      String stopSignal,
      ResourceRequirements resources,
      List<ResizePolicy> resizePolicy,
      List<String> volumeMounts) {
    this(
        name,
        image,
        imagePullPolicy,
        restartPolicy,
        restartPolicyRules,
        startupProbe,
        livenessProbe,
        readinessProbe,
        postStart,
        preStop,
        stopSignal,
        resources,
        resizePolicy,
        volumeMounts,
        List.of());
  }

  /** The container's probe of that type, null if it has none. */
  public @Nullable ProbeSpec probe(ProbeType type) {
    return switch (type) {
      case STARTUP -> startupProbe;
      case LIVENESS -> livenessProbe;
      case READINESS -> readinessProbe;
    };
  }

  /** The same container with other volume mounts. */
  public ContainerSpec withVolumeMounts(List<String> newVolumeMounts) {
    return new ContainerSpec(
        name,
        image,
        imagePullPolicy,
        restartPolicy,
        restartPolicyRules,
        startupProbe,
        livenessProbe,
        readinessProbe,
        postStart,
        preStop,
        stopSignal,
        resources,
        resizePolicy,
        newVolumeMounts,
        ports);
  }

  /** The same container with other resources. */
  public ContainerSpec withResources(ResourceRequirements newResources) {
    return new ContainerSpec(
        name,
        image,
        imagePullPolicy,
        restartPolicy,
        restartPolicyRules,
        startupProbe,
        livenessProbe,
        readinessProbe,
        postStart,
        preStop,
        stopSignal,
        newResources,
        resizePolicy,
        volumeMounts);
  }

  /** The same container with another image. */
  public ContainerSpec withImage(String newImage) {
    return new ContainerSpec(
        name,
        newImage,
        imagePullPolicy,
        restartPolicy,
        restartPolicyRules,
        startupProbe,
        livenessProbe,
        readinessProbe,
        postStart,
        preStop,
        stopSignal,
        resources,
        resizePolicy,
        volumeMounts,
        ports);
  }
}
