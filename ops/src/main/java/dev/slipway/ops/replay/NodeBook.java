package dev.slipway.ops.replay;

import dev.slipway.engine.resources.NodeUsage;
import dev.slipway.engine.resources.ResourceNames;
import dev.slipway.engine.resources.SchedulerVector;
import dev.slipway.ingest.trace.TraceNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What the pods on one node take, kept beside the placer's own books to check them. */
final class NodeBook {
  final TraceNode node;
  final long[] allocatable;
  final long[] requested;
  final Set<PodRecord> pods = new LinkedHashSet<>();
  final long podsMax;
  private final List<String> resources;

  /** What the node has is unknown: everything fits. */
  private final boolean boundless;

  boolean drained;
  boolean removed;
  long removedAt = dev.slipway.engine.api.Times.NONE;

  /** A look at its memory is arranged. */
  boolean looksAtMemory;

  NodeBook(TraceNode node, List<String> resources) {
    this.node = node;
    this.resources = resources;
    this.boundless = !node.allocatable().present();
    this.allocatable = Footprint.amounts(node.allocatable(), resources);
    this.requested = new long[allocatable.length];
    this.podsMax = node.allocatable().getOrZero(ResourceNames.PODS).value();
  }

  void add(PodRecord pod) {
    pods.add(pod);
    count(pod, 1);
  }

  void remove(PodRecord pod) {
    if (pods.remove(pod)) {
      count(pod, -1);
    }
  }

  private void count(PodRecord pod, int sign) {
    long[] amounts = pod.input.footprint().requested();
    for (int r = 0; r < amounts.length; r++) {
      requested[r] += sign * amounts[r];
    }
  }

  /** A placer that gives a node more than it has is wrong, and so is everything after it. */
  void check() {
    if (boundless) {
      return;
    }
    for (int r = 0; r < requested.length; r++) {
      if (requested[r] > allocatable[r]) {
        throw new IllegalStateException(
            "more is requested than there is: node="
                + node.name()
                + " resource="
                + resources.get(r)
                + " requested="
                + requested[r]
                + " allocatable="
                + allocatable[r]);
      }
    }
    if (pods.size() > podsMax) {
      throw new IllegalStateException(
          "too many pods: node=" + node.name() + " pods=" + pods.size() + " max=" + podsMax);
    }
  }

  boolean boundless() {
    return boundless;
  }

  /** Without the pod, as the kubelet sees it when the pod comes. */
  NodeUsage usage() {
    var scalars = new TreeMap<String, Long>();
    long cpu = 0;
    long memory = 0;
    long storage = 0;
    for (int r = 0; r < requested.length; r++) {
      switch (resources.get(r)) {
        case ResourceNames.CPU -> cpu = requested[r];
        case ResourceNames.MEMORY -> memory = requested[r];
        case ResourceNames.EPHEMERAL_STORAGE -> storage = requested[r];
        default -> scalars.put(resources.get(r), requested[r]);
      }
    }
    return new NodeUsage(
        node.allocatable(),
        SchedulerVector.of(node.allocatable()),
        podsMax,
        pods.size(),
        new SchedulerVector(cpu, memory, storage, scalars),
        cpu,
        memory);
  }
}
