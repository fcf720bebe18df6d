package dev.slipway.engine.resources;

import java.util.List;
import java.util.TreeSet;

/**
 * The shorter rule of the documentation page "Sidecar Containers": the highest init container, or
 * apps and sidecars together, plus overhead (rules ). The real one adds to an init
 * container the sidecars before it; computed beside it so that both can be shown.
 *
 * @param unlimited names for which a container without a limit counts as the highest; "no limit" is
 *     no amount
 */
public record DocumentationRule(
    ResourceList requests, ResourceList limits, List<String> unlimited) {
  public DocumentationRule {
    unlimited = List.copyOf(unlimited);
  }

  /** What the page says of that pod. */
  public static DocumentationRule of(PodResources pod) {
    ResourceList requests = ResourceList.EMPTY;
    ResourceList limits = ResourceList.EMPTY;
    for (ContainerResources app : pod.containers()) {
      requests = requests.plus(app.requests());
      limits = limits.plus(app.limits());
    }
    ResourceList initRequests = ResourceList.EMPTY;
    ResourceList initLimits = ResourceList.EMPTY;
    for (ContainerResources init : pod.initContainers()) {
      if (init.alwaysRestarts()) {
        requests = requests.plus(init.requests());
        limits = limits.plus(init.limits());
      }
      initRequests = initRequests.max(init.requests());
      initLimits = initLimits.max(init.limits());
    }
    limits = limits.max(initLimits);
    return new DocumentationRule(
        requests.max(initRequests).plus(pod.overhead()),
        plusOverhead(limits, pod.overhead()),
        unlimited(pod, limits));
  }

  private static ResourceList plusOverhead(ResourceList limits, ResourceList overhead) {
    var sums = new ResourceSums(limits.size()).add(limits);
    for (int i = 0; i < overhead.size(); i++) {
      if (limits.isNonZero(overhead.name(i))) {
        sums.add(overhead.name(i), overhead.amount(i));
      }
    }
    return sums.toList();
  }

  private static List<String> unlimited(PodResources pod, ResourceList limits) {
    var names = new TreeSet<String>(List.of(ResourceNames.CPU, ResourceNames.MEMORY));
    for (int i = 0; i < limits.size(); i++) {
      names.add(limits.name(i));
    }
    return names.stream().filter(name -> UnlimitedResources.isUnlimited(pod, name)).toList();
  }
}
