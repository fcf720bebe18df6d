package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.List;

/**
 * Whether the kubelet lets a running pod be resized in place (R-136; source: {@code
 * pkg/kubelet/allocation}, 1.37).
 */
public final class ResizeAdmission {
  private static final String STATIC_CPU = "static";
  private static final String STATIC_MEMORY = "Static";

  private ResizeAdmission() {}

  /** What came of a wish for other resources. */
  public sealed interface Answer {
    /** The wish is what is allocated already. */
    record Nothing() implements Answer {}

    /** The kubelet sets the new amounts aside and goes about actuating them. */
    record InProgress() implements Answer {}

    /** PodResizePending: Deferred is tried again, Infeasible is not. */
    record Pending(String reason, String message) implements Answer {}
  }

  /**
   * How the node is set up.
   *
   * @param cpuManagerPolicy {@code none} or {@code static}
   * @param memoryManagerPolicy {@code None} or {@code Static}
   */
  public record Policies(String cpuManagerPolicy, String memoryManagerPolicy) {}

  /**
   * Holds a wish against the node.
   *
   * @param others what the kubelet has allocated to the node's other pods
   */
  public static Answer resize(
      PodResources desired,
      PodResources allocated,
      ResourceList nodeAllocatable,
      List<PodResources> others,
      Policies policies) {
    if (isSame(desired, allocated)) {
      return new Answer.Nothing();
    }
    String infeasible = infeasible(desired, allocated, policies);
    if (!infeasible.isEmpty()) {
      return new Answer.Pending("Infeasible", infeasible);
    }
    KubeletAdmission.Answer answer =
        KubeletAdmission.admit(desired, NodeUsage.of(nodeAllocatable, others));
    return answer.admit()
        ? new Answer.InProgress()
        : new Answer.Pending("Deferred", answer.message());
  }

  /** Whether the wish is for more cpu or memory in all; such resizes wait for room. */
  public static boolean increasesRequests(PodResources desired, PodResources allocated) {
    if (isSame(desired, allocated)) {
      return false;
    }
    ResourceList before = EffectiveResources.podRequests(allocated, ResourceOptions.SPEC);
    ResourceList after = EffectiveResources.podRequests(desired, ResourceOptions.SPEC);
    return isMore(after, before, ResourceNames.CPU) || isMore(after, before, ResourceNames.MEMORY);
  }

  private static boolean isMore(ResourceList after, ResourceList before, String name) {
    return after.getOrZero(name).compareTo(before.getOrZero(name)) > 0;
  }

  private static boolean isSame(PodResources desired, PodResources allocated) {
    return desired.containers().equals(allocated.containers())
        && desired.initContainers().equals(allocated.initContainers())
        && podLevel(desired).equals(podLevel(allocated));
  }

  private static Resources podLevel(PodResources pod) {
    return pod.podLevel() == null ? Resources.NONE : pod.podLevel();
  }

  /**
   * Static managers hand out whole CPUs and memory nodes to Guaranteed pods, which cannot change
   * under way.
   */
  private static String infeasible(
      PodResources desired, PodResources allocated, Policies policies) {
    if (QosRules.of(desired) != QosClass.GUARANTEED) {
      return "";
    }
    if (policies.cpuManagerPolicy().equals(STATIC_CPU)
        && changes(desired, allocated, ResourceNames.CPU)) {
      return "Resize is infeasible for Guaranteed Pods alongside CPU Manager policy \"static\"";
    }
    if (policies.memoryManagerPolicy().equals(STATIC_MEMORY)
        && changes(desired, allocated, ResourceNames.MEMORY)) {
      return "Resize is infeasible for Guaranteed Pods alongside Memory Manager policy \"Static\"";
    }
    return "";
  }

  private static boolean changes(PodResources desired, PodResources allocated, String name) {
    return changes(desired.containers(), allocated.containers(), name)
        || changes(desired.initContainers(), allocated.initContainers(), name)
        || !podLevel(desired)
            .requests()
            .getOrZero(name)
            .equals(podLevel(allocated).requests().getOrZero(name));
  }

  private static boolean changes(
      List<ContainerResources> desired, List<ContainerResources> allocated, String name) {
    for (ContainerResources container : desired) {
      Quantity before = Quantity.ZERO;
      for (ContainerResources other : allocated) {
        before = other.name().equals(container.name()) ? other.requests().getOrZero(name) : before;
      }
      if (!container.requests().getOrZero(name).equals(before)) {
        return true;
      }
    }
    return false;
  }
}
