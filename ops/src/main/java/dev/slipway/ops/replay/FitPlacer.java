package dev.slipway.ops.replay;

import dev.slipway.engine.resources.ResourceNames;
import dev.slipway.ingest.trace.TraceNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Places by room alone: a node must have what the pod requests left, and the emptiest by
 * CPU and memory is taken, the first of equals. Pods that found none are tried again,
 * oldest first, whenever something leaves or comes.
 */
final class FitPlacer implements Placer {
  private static final class Node {
    final String name;
    final long[] allocatable;
    final long[] used;
    final long podsMax;
    int pods;
    boolean open = true;

    Node(String name, long[] allocatable, long podsMax) {
      this.name = name;
      this.allocatable = allocatable;
      this.used = new long[allocatable.length];
      this.podsMax = podsMax;
    }
  }

  private final List<String> resources;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Node> byName = new HashMap<>();
  private final Map<PodRecord, Node> on = new HashMap<>();
  private final Set<PodRecord> waiting = new LinkedHashSet<>();
  private boolean changed;
  private long attempts;

  FitPlacer(List<String> resources) {
    this.resources = resources;
  }

  @Override
  public void addNode(TraceNode node, long now) {
    var added =
        new Node(
            node.name(),
            Footprint.amounts(node.allocatable(), resources),
            node.allocatable().getOrZero(ResourceNames.PODS).value());
    added.open = !node.unschedulable();
    nodes.add(added);
    byName.put(node.name(), added);
    changed = true;
  }

  @Override
  public void cordon(String node, long now) {
    Node known = byName.get(node);
    if (known != null) {
      known.open = false;
    }
  }

  @Override
  public void removeNode(String node, long now) {
    nodes.remove(byName.remove(node));
  }

  @Override
  public void add(PodRecord pod, long now) {
    waiting.add(pod);
    changed = true;
  }

  @Override
  public void bound(PodRecord pod, String node, long now) {
    Node known = byName.get(node);
    if (known != null) {
      take(pod, known);
    }
  }

  private void take(PodRecord pod, Node node) {
    long[] requested = pod.input.footprint().requested();
    for (int r = 0; r < requested.length; r++) {
      node.used[r] += requested[r];
    }
    node.pods++;
    on.put(pod, node);
  }

  @Override
  public void remove(PodRecord pod, long now) {
    waiting.remove(pod);
    Node node = on.remove(pod);
    if (node != null) {
      long[] requested = pod.input.footprint().requested();
      for (int r = 0; r < requested.length; r++) {
        node.used[r] -= requested[r];
      }
      node.pods--;
      changed = true;
    }
  }

  @Override
  public void run(long now, Decisions out) {
    if (!changed) {
      return;
    }
    changed = false;
    var failed = new HashSet<Footprint>();
    for (PodRecord pod : List.copyOf(waiting)) {
      Footprint footprint = pod.input.footprint();
      if (failed.contains(footprint)) {
        continue;
      }
      attempts++;
      Node best = best(footprint.requested());
      if (best == null) {
        failed.add(footprint);
        out.waits(pod, "no node has room for it");
      } else {
        waiting.remove(pod);
        take(pod, best);
        out.placed(pod, best.name);
      }
    }
  }

  private @org.jspecify.annotations.Nullable Node best(long[] requested) {
    Node best = null;
    double score = -1;
    for (Node node : nodes) {
      if (node.open && node.pods < node.podsMax && fits(requested, node)) {
        double its = (free(requested, node, 0) + free(requested, node, 1)) / 2;
        if (its > score) {
          score = its;
          best = node;
        }
      }
    }
    return best;
  }

  private static boolean fits(long[] requested, Node node) {
    for (int r = 0; r < requested.length; r++) {
      if (requested[r] > 0 && requested[r] > node.allocatable[r] - node.used[r]) {
        return false;
      }
    }
    return true;
  }

  /** Part of the resource that would be left. */
  private static double free(long[] requested, Node node, int r) {
    long all = node.allocatable[r];
    return all == 0 ? 0 : (double) (all - node.used[r] - requested[r]) / all;
  }

  @Override
  public long nextWake() {
    return Long.MAX_VALUE;
  }

  @Override
  public long attempts() {
    return attempts;
  }

  @Override
  public Collection<String> notModelled() {
    return List.of("placement by anything but room: affinity, taints, spread, preemption");
  }
}
