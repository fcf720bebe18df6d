package dev.slipway.engine.resources;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.RestartPolicy;

/**
 * What one app or init container declares.
 *
 * @param alwaysRestarts {@code restartPolicy: Always} of its own; makes an init container a
 *     sidecar, means nothing here for an app container
 */
public record ContainerResources(String name, boolean alwaysRestarts, Resources resources) {
  /** From the API's record. */
  public static ContainerResources of(ContainerSpec spec) {
    return new ContainerResources(
        spec.name(), spec.restartPolicy() == RestartPolicy.ALWAYS, Resources.of(spec.resources()));
  }

  public ResourceList requests() {
    return resources.requests();
  }

  public ResourceList limits() {
    return resources.limits();
  }

  ContainerResources with(ResourceList requests, ResourceList limits) {
    return new ContainerResources(name, alwaysRestarts, new Resources(requests, limits));
  }
}
