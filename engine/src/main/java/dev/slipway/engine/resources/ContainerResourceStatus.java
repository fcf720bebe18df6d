package dev.slipway.engine.resources;

import org.jspecify.annotations.Nullable;

/**
 * What a container's status says about its resources (in-place resize).
 *
 * @param allocatedResources requests the kubelet has set aside, absent where not reported
 * @param resources requests and limits in force, null where not reported
 */
public record ContainerResourceStatus(
    String name, ResourceList allocatedResources, @Nullable Resources resources) {}
