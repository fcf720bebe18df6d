package dev.slipway.engine.resources;

import java.util.List;

/**
 * The kubelet's own look at a pod before it runs it (R-136; source: {@code
 * pkg/kubelet/lifecycle/predicate.go}, 1.37). Critical pods may preempt others; that is not decided
 * here.
 */
public final class KubeletAdmission {
  private KubeletAdmission() {}

  /** Whether the pod is let in; reason and message are empty if it is. */
  public record Answer(boolean admit, String reason, String message) {
    static final Answer ADMITTED = new Answer(true, "", "");
  }

  /** Holds a pod against what the kubelet has allocated; only the first shortage is told. */
  public static Answer admit(PodResources pod, NodeUsage node) {
    List<ResourceFit.Shortage> shortages = shortages(pod, node);
    return shortages.isEmpty() ? Answer.ADMITTED : refused(shortages.get(0));
  }

  /** Everything that is short, each of which may be the first one told. */
  public static List<Answer> refusals(PodResources pod, NodeUsage node) {
    return shortages(pod, node).stream().map(KubeletAdmission::refused).toList();
  }

  static List<ResourceFit.Shortage> shortages(PodResources pod, NodeUsage node) {
    return ResourceFit.DEFAULT.shortages(ResourceFit.request(withoutUnknown(pod, node)), node);
  }

  private static Answer refused(ResourceFit.Shortage shortage) {
    return new Answer(false, "OutOf" + shortage.resource(), message(shortage));
  }

  static String message(ResourceFit.Shortage shortage) {
    return "Node didn't have enough resource: "
        + shortage.resource()
        + ", requested: "
        + shortage.requested()
        + ", used: "
        + shortage.used()
        + ", capacity: "
        + shortage.capacity();
  }

  /** Extended resources the node has never heard of are somebody else's business. */
  private static PodResources withoutUnknown(PodResources pod, NodeUsage node) {
    return new PodResources(
        known(pod.initContainers(), node),
        known(pod.containers(), node),
        pod.podLevel(),
        pod.overhead(),
        pod.status());
  }

  private static List<ContainerResources> known(
      List<ContainerResources> containers, NodeUsage node) {
    return containers.stream().map(container -> known(container, node)).toList();
  }

  private static ContainerResources known(ContainerResources container, NodeUsage node) {
    ResourceList requests = container.requests();
    var known = new ResourceSums(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      String name = requests.name(i);
      if (!ResourceNames.isExtended(name) || node.capacity().scalars().containsKey(name)) {
        known.put(name, requests.amount(i));
      }
    }
    return container.with(known.toList(), container.limits());
  }
}
