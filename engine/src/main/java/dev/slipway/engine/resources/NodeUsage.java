package dev.slipway.engine.resources;

import java.util.List;

/**
 * A node as the scheduler counts it: what it has and what the pods on it take.
 *
 * @param allocatable what pods may take
 * @param allowedPods allocatable pods
 * @param pods number of pods on the node
 * @param requested sum of their requests
 * @param nonZeroMilliCpu sum of their requests with stand-ins
 * @param nonZeroMemory bytes, with stand-ins
 */
public record NodeUsage(
    ResourceList allocatable,
    SchedulerVector capacity,
    long allowedPods,
    int pods,
    SchedulerVector requested,
    long nonZeroMilliCpu,
    long nonZeroMemory) {
  /** A node without pods. */
  public static NodeUsage empty(ResourceList allocatable) {
    long allowed = allocatable.getOrZero(ResourceNames.PODS).value();
    return new NodeUsage(
        allocatable, SchedulerVector.of(allocatable), allowed, 0, SchedulerVector.ZERO, 0, 0);
  }

  /** A node with those pods. */
  public static NodeUsage of(ResourceList allocatable, List<PodResources> pods) {
    NodeUsage node = empty(allocatable);
    for (PodResources pod : pods) {
      node = node.plus(PodSchedulerRequest.of(pod));
    }
    return node;
  }

  /** The node with one pod more. */
  public NodeUsage plus(PodSchedulerRequest pod) {
    return changed(pod, 1);
  }

  /** The node with one pod less; names it brought stay, at 0. */
  public NodeUsage minus(PodSchedulerRequest pod) {
    return changed(pod, -1);
  }

  private NodeUsage changed(PodSchedulerRequest pod, int sign) {
    return new NodeUsage(
        allocatable,
        capacity,
        allowedPods,
        pods + sign,
        requested.plus(pod.requested(), sign),
        nonZeroMilliCpu + sign * pod.nonZeroMilliCpu(),
        nonZeroMemory + sign * pod.nonZeroMemory());
  }
}
