package dev.slipway.engine.api;

import java.util.Map;

/** {@code resources} of a container or, pod-level, of a pod: amounts by resource name. */
public record ResourceRequirements(Map<String, Quantity> requests, Map<String, Quantity> limits) {
  public static final ResourceRequirements NONE = new ResourceRequirements(Map.of(), Map.of());

  public ResourceRequirements {
    requests = Map.copyOf(requests);
    limits = Map.copyOf(limits);
  }
}
