package dev.slipway.engine.runtime;

import java.util.List;

/**
 * How one pod behaves, drawn once. Durations are nanoseconds.
 *
 * @param containers by ordinal
 * @param deleteAfter from the pod's first sight to its deletion in the API, negative: never
 * @param evictAfter from the pod's first sight to its eviction by the node, negative: never
 */
public record PodScript(
    SandboxScript sandbox, List<ContainerScript> containers, long deleteAfter, long evictAfter) {
  public PodScript {
    containers = List.copyOf(containers);
  }
}
