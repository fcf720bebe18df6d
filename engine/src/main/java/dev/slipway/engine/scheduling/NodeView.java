package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One node as it would be with some pods more or less: nominated pods, or without the victims of a
 * preemption. Holds the differences to the node as it is; only its own domains can change.
 */
final class NodeView {
  final int slot;
  final Plan plan;
  long cpu;
  long memory;
  long ephemeral;
  int pods;

  /** By scalar the incoming pod asks for. */
  final long[] scalars;

  /** By constraint and term of the incoming pod. */
  final long[] spread;

  final long[] affinity;
  long affinityPairs;
  final long[] anti;

  private final Set<HostPort> ports;
  private final List<Topology> existingKeys = new ArrayList<>();
  private final List<Integer> existingChanges = new ArrayList<>();

  NodeView(int slot, Plan plan, Filters filters, Set<HostPort> taken) {
    this.slot = slot;
    this.plan = plan;
    scalars = new long[plan.local.scalars.length];
    spread = new long[filters.spread.constraints()];
    affinity = new long[filters.affinity.affinityTerms()];
    anti = new long[filters.affinity.antiTerms()];
    ports = plan.local.ports.isEmpty() ? Set.of() : new HashSet<>(taken);
  }

  private NodeView(NodeView other) {
    slot = other.slot;
    plan = other.plan;
    cpu = other.cpu;
    memory = other.memory;
    ephemeral = other.ephemeral;
    pods = other.pods;
    scalars = other.scalars.clone();
    spread = other.spread.clone();
    affinity = other.affinity.clone();
    affinityPairs = other.affinityPairs;
    anti = other.anti.clone();
    ports = plan.local.ports.isEmpty() ? Set.of() : new HashSet<>(other.ports);
    existingKeys.addAll(other.existingKeys);
    existingChanges.addAll(other.existingChanges);
  }

  /** A view to be changed further on its own. */
  NodeView copy() {
    return new NodeView(this);
  }

  Set<HostPort> ports() {
    return ports;
  }

  /** Puts the pod on the node, or takes it off. */
  void change(Template pod, int sign, Filters filters) {
    pods += sign;
    cpu += sign * pod.nodeCpu;
    memory += sign * pod.nodeMemory;
    ephemeral += sign * pod.nodeEphemeral;
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] += sign * amount(pod, plan.local.scalars[i]);
    }
    if (!plan.local.ports.isEmpty()) {
      if (sign > 0) {
        ports.addAll(pod.ports);
      } else {
        pod.ports.forEach(ports::remove);
      }
    }
    filters.spread.change(this, pod, sign);
    filters.affinity.change(this, pod, sign);
  }

  private static long amount(Template pod, int scalar) {
    for (int i = 0; i < pod.nodeScalars.length; i++) {
      if (pod.nodeScalars[i] == scalar) {
        return pod.nodeScalarAmounts[i];
      }
    }
    return 0;
  }

  void changeExistingAnti(Topology topology, int sign) {
    int at = existingKeys.indexOf(topology);
    if (at < 0) {
      existingKeys.add(topology);
      existingChanges.add(sign);
    } else {
      existingChanges.set(at, existingChanges.get(at) + sign);
    }
  }

  int existingAnti(Topology topology) {
    int at = existingKeys.indexOf(topology);
    return at < 0 ? 0 : existingChanges.get(at);
  }

  /** Whether added pods bring anti-affinity about a key that no pod on a node has any about. */
  boolean addedExistingAnti(AffinityFilter filter) {
    for (int i = 0; i < existingKeys.size(); i++) {
      if (existingChanges.get(i) > 0 && !filter.knowsExisting(existingKeys.get(i))) {
        return true;
      }
    }
    return false;
  }
}
