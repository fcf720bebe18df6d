package dev.slipway.engine.resources;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a pod's requests fit on a node (R-112; source: scheduler {@code
 * plugins/noderesources/fit.go}, 1.37).
 *
 * @param ignoredNames extended resources somebody else looks after
 * @param ignoredGroups domains of such resources
 */
public record ResourceFit(Set<String> ignoredNames, Set<String> ignoredGroups) {
  /** Nothing ignored. */
  public static final ResourceFit DEFAULT = new ResourceFit(Set.of(), Set.of());

  public ResourceFit {
    ignoredNames = Set.copyOf(ignoredNames);
    ignoredGroups = Set.copyOf(ignoredGroups);
  }

  /**
   * What is short, in the unit the scheduler counts the name in.
   *
   * @param unresolvable the empty node would not do either
   */
  public record Shortage(
      String resource,
      String reason,
      long requested,
      long used,
      long capacity,
      boolean unresolvable) {}

  /** What an incoming pod asks for: its spec, pod-level amounts and overhead in. */
  public static SchedulerVector request(PodResources pod) {
    return SchedulerVector.of(EffectiveResources.podRequests(pod, ResourceOptions.SPEC));
  }

  /**
   * Everything that is short: pods, cpu, memory, ephemeral-storage, then the others by name; empty
   * if the pod fits.
   */
  public List<Shortage> shortages(SchedulerVector request, NodeUsage node) {
    var shortages = new ArrayList<Shortage>();
    if (node.pods() + 1 > node.allowedPods()) {
      shortages.add(
          new Shortage(
              ResourceNames.PODS, "Too many pods", 1, node.pods(), node.allowedPods(), false));
    }
    if (request.isEmpty()) {
      return shortages;
    }
    check(shortages, ResourceNames.CPU, request, node);
    check(shortages, ResourceNames.MEMORY, request, node);
    check(shortages, ResourceNames.EPHEMERAL_STORAGE, request, node);
    for (Map.Entry<String, Long> scalar : request.scalars().entrySet()) {
      if (!isIgnored(scalar.getKey())) {
        check(shortages, scalar.getKey(), request, node);
      }
    }
    return shortages;
  }

  private boolean isIgnored(String name) {
    return ResourceNames.isExtended(name)
        && (ignoredNames.contains(name)
            || ignoredGroups.contains(name.substring(0, name.indexOf('/'))));
  }

  private static void check(
      List<Shortage> shortages, String name, SchedulerVector request, NodeUsage node) {
    long asked = request.get(name);
    long used = node.requested().get(name);
    long capacity = node.capacity().get(name);
    if (asked > 0 && asked > capacity - used) {
      shortages.add(
          new Shortage(name, "Insufficient " + name, asked, used, capacity, asked > capacity));
    }
  }
}
