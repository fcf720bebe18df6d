package dev.slipway.engine.scheduling;

/** A pod on a node, or one that waits for its node to appear. */
final class PlacedPod {
  SchedulingPod pod;
  Template template;

  /** The node's name, and its slot or -1 while there is no such node. */
  String node;

  int slot = -1;

  /** Place among the pods of the node. */
  int index;

  PlacedPod(SchedulingPod pod, Template template, String node) {
    this.pod = pod;
    this.template = template;
    this.node = node;
  }
}
