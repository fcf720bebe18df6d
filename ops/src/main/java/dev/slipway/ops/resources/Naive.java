package dev.slipway.ops.resources;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceStatus;
import java.util.TreeMap;

/**
 * What plain arithmetic makes of a pod: the sum of its app containers or the highest init
 * container, whichever is more. Sidecars are taken for init containers that end; pod-level amounts,
 * overhead and statuses are not known.
 */
final class Naive {
  private Naive() {}

  /** The pod as plain arithmetic sees it. */
  static PodResources view(PodResources pod) {
    return new PodResources(
        pod.initContainers().stream()
            .map(init -> new ContainerResources(init.name(), false, init.resources()))
            .toList(),
        pod.containers(),
        null,
        ResourceList.ABSENT,
        ResourceStatus.NONE);
  }

  /** The first list less the second, names with nothing left absent; may be negative. */
  static ResourceList difference(ResourceList more, ResourceList less) {
    var differences = new TreeMap<String, Quantity>();
    more.toMap()
        .forEach((name, amount) -> differences.put(name, amount.subtract(less.getOrZero(name))));
    less.toMap().forEach((name, amount) -> differences.putIfAbsent(name, amount.negate()));
    differences.values().removeIf(Quantity::isZero);
    return ResourceList.of(differences);
  }
}
