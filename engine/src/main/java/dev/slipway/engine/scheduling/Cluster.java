package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and the pods on them as the scheduler's cache has them, with everything counted that
 * decisions need (K-001, K-002). One owner; every change is seen by the next decision. Pods that
 * are Succeeded or Failed do not belong in it.
 */
public final class Cluster {
  final boolean sidecarsKnown;
  final NodeTable nodes = new NodeTable();
  final Namespaces namespaces = new Namespaces();
  final PodGroups groups = new PodGroups(namespaces);
  final TermRegistry terms = new TermRegistry(namespaces);
  final Workloads workloads = new Workloads();
  final Nominations nominations = new Nominations();
  final Plans plans = new Plans(this);
  private final Map<String, PlacedPod> pods = new HashMap<>();
  private final Map<String, List<PlacedPod>> waitingForNode = new HashMap<>();
  private final Map<String, PodDisruptionBudget> budgets = new LinkedHashMap<>();

  /** Lower priorities first, with the number of pods on nodes. */
  private final TreeMap<Integer, Integer> priorities = new TreeMap<>();

  /** A cluster of this release. */
  public Cluster() {
    this(true);
  }

  private Cluster(boolean sidecarsKnown) {
    this.sidecarsKnown = sidecarsKnown;
  }

  /** A cluster whose scheduler has the gate SidecarContainers off, as 1.28 had (L-901). */
  public static Cluster withoutSidecars() {
    return new Cluster(false);
  }

  /** Adds a node; pods that were added before it are on it at once. */
  public void addNode(SchedulingNode node) {
    int slot = nodes.add(node);
    List<PlacedPod> waiting = waitingForNode.remove(node.name());
    if (waiting != null) {
      waiting.forEach(pod -> place(pod, slot));
    }
  }

  /** Replaces the object of a node that is there. */
  public void updateNode(SchedulingNode node) {
    nodes.update(slotOf(node.name()), node);
  }

  /** Takes a node out; its pods stay known by its name until they are removed. */
  public void removeNode(String name) {
    int slot = slotOf(name);
    var left = new ArrayList<PlacedPod>();
    PodTable there = nodes.pods[slot];
    for (int i = 0; i < there.size(); i++) {
      left.add(there.get(i));
    }
    for (PlacedPod pod : left) {
      displace(pod);
    }
    nodes.remove(slot);
    if (!left.isEmpty()) {
      waitingForNode.put(name, left);
    }
  }

  private int slotOf(String name) {
    int slot = nodes.slot(name);
    if (slot < 0) {
      throw new IllegalArgumentException("no such node: " + name);
    }
    return slot;
  }

  public boolean hasNode(String name) {
    return nodes.slot(name) >= 0;
  }

  /** The object of a node, null if there is none of that name. */
  public @Nullable SchedulingNode node(String name) {
    int slot = nodes.slot(name);
    return slot < 0 ? null : nodes.node(slot);
  }

  /** All nodes in order of arrival. */
  public List<SchedulingNode> nodes() {
    var all = new ArrayList<SchedulingNode>(nodes.count());
    for (int slot : nodes.order()) {
      all.add(nodes.node(slot));
    }
    return all;
  }

  public int nodeCount() {
    return nodes.count();
  }

  /** A pod got that node, or is assumed to get it. Its nomination ends (K-018). */
  public void addPod(SchedulingPod pod, String node) {
    if (pods.containsKey(pod.uid())) {
      throw new IllegalArgumentException("pod is on a node already: " + pod.key());
    }
    var placed = new PlacedPod(pod, plans.acquire(pod.spec()), node);
    pods.put(pod.uid(), placed);
    nominations.clear(pod.uid());
    int slot = nodes.slot(node);
    if (slot < 0) {
      waitingForNode.computeIfAbsent(node, _ -> new ArrayList<>()).add(placed);
    } else {
      place(placed, slot);
    }
  }

  /** The object of a pod on a node changed. */
  public void updatePod(SchedulingPod pod) {
    PlacedPod placed = pods.get(pod.uid());
    if (placed == null) {
      throw new IllegalArgumentException("pod is on no node: " + pod.key());
    }
    boolean same = placed.pod.spec().equals(pod.spec()) && placed.pod.deleting() == pod.deleting();
    if (same) {
      placed.pod = pod;
      return;
    }
    String node = placed.node;
    removePod(pod.uid());
    addPod(pod, node);
  }

  /** A pod is gone from its node, ended, or its binding failed; an unknown one is ignored. */
  public void removePod(String uid) {
    PlacedPod placed = pods.remove(uid);
    if (placed == null) {
      return;
    }
    if (placed.slot >= 0) {
      displace(placed);
    } else {
      List<PlacedPod> waiting = waitingForNode.get(placed.node);
      if (waiting != null && waiting.remove(placed) && waiting.isEmpty()) {
        waitingForNode.remove(placed.node);
      }
    }
    plans.release(placed.template);
  }

  private void place(PlacedPod placed, int slot) {
    placed.slot = slot;
    count(placed, 1);
  }

  private void displace(PlacedPod placed) {
    count(placed, -1);
    placed.slot = -1;
  }

  private void count(PlacedPod placed, int sign) {
    Template template = placed.template;
    nodes.count(placed, sign);
    priorities.merge(placed.pod.priority(), sign, (before, change) -> positive(before + change));
    PodGroup group = template.group;
    (placed.pod.deleting() ? group.terminating : group.alive).add(placed.slot, sign);
    for (TermCarriers carriers : template.carriers) {
      carriers.counts.add(placed.slot, sign);
    }
  }

  private static @Nullable Integer positive(int count) {
    return count > 0 ? count : null;
  }

  /** Whether any pod on a node has a lower priority. */
  boolean hasLower(int priority) {
    return !priorities.isEmpty() && priorities.firstKey() < priority;
  }

  /** Name of the node a pod is on, null if it is on none. */
  public @Nullable String nodeOf(String uid) {
    PlacedPod placed = pods.get(uid);
    return placed == null ? null : placed.node;
  }

  /** Number of pods on nodes. */
  public int podCount() {
    return pods.size();
  }

  /** Pods on a node. */
  public List<SchedulingPod> podsOn(String node) {
    PodTable there = nodes.pods[slotOf(node)];
    var all = new ArrayList<SchedulingPod>(there.size());
    for (int i = 0; i < there.size(); i++) {
      all.add(there.get(i).pod);
    }
    return all;
  }

  /** What the pods on a node take now. */
  public NodeRequested requested(String node) {
    int slot = slotOf(node);
    return new NodeRequested(
        nodes.pods[slot].size(),
        nodes.usedCpu[slot],
        nodes.usedMemory[slot],
        nodes.usedEphemeral[slot],
        nodes.nonZeroCpu[slot],
        nodes.nonZeroMemory[slot]);
  }

  /** Waiting pods that have a node in mind; the queue keeps them too. */
  public Nominations nominations() {
    return nominations;
  }

  /** A namespace object: its labels count for namespace selectors (K-073). */
  public void setNamespace(String name, Map<String, String> labels) {
    if (namespaces.put(name, labels)) {
      plans.forget();
    }
  }

  public void removeNamespace(String name) {
    if (namespaces.remove(name)) {
      plans.forget();
    }
  }

  public void setBudget(PodDisruptionBudget budget) {
    budgets.put(budget.namespace() + "/" + budget.name(), budget);
  }

  public void removeBudget(String namespace, String name) {
    budgets.remove(namespace + "/" + name);
  }

  /** Disruption budgets in order of arrival. */
  List<PodDisruptionBudget> budgets() {
    return List.copyOf(budgets.values());
  }

  /** A service that selects pods (K-071); one without a selector is not set. */
  public void setService(String namespace, String name, Map<String, String> selector) {
    workloads.putService(namespace, name, selector);
  }

  public void removeService(String namespace, String name) {
    workloads.removeService(namespace, name);
  }

  /** A controller with its selector of pods (K-071). */
  public void setController(String namespace, ControllerRef controller, LabelSelector selector) {
    workloads.putController(namespace, controller, selector);
  }

  public void removeController(String namespace, ControllerRef controller) {
    workloads.removeController(namespace, controller);
  }
}
