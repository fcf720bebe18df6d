package dev.slipway.engine.scheduling;

import dev.slipway.engine.resources.ResourceList;
import java.util.List;
import java.util.Map;

/**
 * What the scheduler reads of a node object.
 *
 * @param conditions status by type, {@code Ready -> True}
 */
public record SchedulingNode(
    String name,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<Taint> taints,
    boolean unschedulable,
    ResourceList allocatable,
    List<NodeImage> images,
    Map<String, String> conditions) {
  public SchedulingNode {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    taints = List.copyOf(taints);
    images = List.copyOf(images);
    conditions = Map.copyOf(conditions);
  }

  /** A node that pods may use, without taints and images. */
  public static SchedulingNode of(
      String name, Map<String, String> labels, ResourceList allocatable) {
    return new SchedulingNode(
        name, labels, Map.of(), List.of(), false, allocatable, List.of(), Map.of());
  }

  /** The same node with other taints. */
  public SchedulingNode withTaints(List<Taint> newTaints) {
    return new SchedulingNode(
        name, labels, annotations, newTaints, unschedulable, allocatable, images, conditions);
  }

  /** The same node closed for new pods, or opened again. */
  public SchedulingNode withUnschedulable(boolean closed) {
    return new SchedulingNode(
        name, labels, annotations, taints, closed, allocatable, images, conditions);
  }
}
