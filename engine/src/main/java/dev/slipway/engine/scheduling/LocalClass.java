package dev.slipway.engine.scheduling;

import dev.slipway.engine.resources.SchedulerVector;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node with its pods means for incoming pods with the same rules, requests, ports and
 * images, as far as that node alone decides: status of the filters up to NodeResourcesFit and the
 * sum of the scores of NodeResourcesFit, NodeResourcesBalancedAllocation and ImageLocality, by
 * slot.
 *
 * <p>Idea: these answers change only when the node changes, and a decision changes one node. So
 * they are kept, and brought up to date from the log of changed slots. Equal to computing all of
 * them anew; costs one evaluation per change instead of one per node and decision.
 */
final class LocalClass {
  private static final long MAX = 100;

  /** What decides about a class. */
  record Key(
      SchedulingSpec.NodeRules rules,
      List<HostPort> ports,
      List<String> images,
      int imageCount,
      SchedulerVector asked,
      SchedulerVector onNode,
      long scoredCpu,
      long scoredMemory,
      boolean refused) {
    static Key of(SchedulingSpec spec, boolean sidecarsKnown) {
      PodNeeds needs = spec.needs();
      return new Key(
          spec.nodeRules(),
          spec.hostPorts(),
          spec.images(),
          spec.imageCount(),
          needs.asked(),
          needs.onNode().requested(),
          needs.scored().milliCpu(),
          needs.scored().memory(),
          needs.sidecars() && !sidecarsKnown);
    }
  }

  final Key key;
  final StaticClass statics;
  final List<HostPort> ports;
  private final List<String> images;
  private final int imageCount;
  private final long cpu;
  private final long memory;
  private final long ephemeral;
  final int[] scalars;
  private final long[] scalarAmounts;
  final String[] scalarNames;
  private final boolean asksNothing;
  private final long balancedCpu;
  private final long balancedMemory;
  private final long scoredCpu;
  private final long scoredMemory;

  private long structure = -1;
  private long imagesVersion = -1;
  private long seen;
  int[] status = new int[0];
  int[] score = new int[0];

  LocalClass(Key key, StaticClass statics, NodeTable nodes) {
    this.key = key;
    this.statics = statics;
    ports = key.ports();
    images = key.images();
    imageCount = key.imageCount();
    cpu = key.asked().milliCpu();
    memory = key.asked().memory();
    ephemeral = key.asked().ephemeralStorage();
    int count = key.asked().scalars().size();
    scalars = new int[count];
    scalarAmounts = new long[count];
    scalarNames = new String[count];
    int i = 0;
    for (var scalar : key.asked().scalars().entrySet()) {
      scalars[i] = nodes.scalar(scalar.getKey());
      scalarNames[i] = scalar.getKey();
      scalarAmounts[i++] = scalar.getValue();
    }
    asksNothing = cpu == 0 && memory == 0 && ephemeral == 0 && count == 0;
    balancedCpu = key.onNode().milliCpu();
    balancedMemory = key.onNode().memory();
    scoredCpu = key.scoredCpu();
    scoredMemory = key.scoredMemory();
  }

  /** Gives the memory of the answers back; the next use computes them again. */
  void forget() {
    status = new int[0];
    score = new int[0];
    structure = -1;
  }

  /** Brings all answers up to date. */
  void refresh(NodeTable nodes) {
    boolean imagesMoved = !images.isEmpty() && imagesVersion != nodes.images.version();
    if (structure != nodes.structure() || imagesMoved || !nodes.logReaches(seen)) {
      refreshAll(nodes);
    } else {
      for (long place = seen; place < nodes.logEnd(); place++) {
        evaluate(nodes.changedSlot(place), nodes);
      }
    }
    seen = nodes.logEnd();
  }

  private void refreshAll(NodeTable nodes) {
    structure = nodes.structure();
    imagesVersion = nodes.images.version();
    statics.refresh(nodes);
    if (status.length < nodes.slotEnd()) {
      status = new int[nodes.slotEnd()];
      score = new int[nodes.slotEnd()];
    }
    for (int slot : nodes.order()) {
      evaluate(slot, nodes);
    }
  }

  private void evaluate(int slot, NodeTable nodes) {
    int answer = statics.status[slot];
    if (answer == Statuses.OK && !ports.isEmpty() && conflicts(nodes.ports[slot])) {
      answer = portsTaken();
    }
    if (answer == Statuses.OK) {
      answer = fit(slot, nodes, null);
    }
    status[slot] = answer;
    score[slot] = answer == Statuses.OK ? scores(slot, nodes) : -1;
  }

  static int portsTaken() {
    return Statuses.of(Plugin.NODE_PORTS, false, 0);
  }

  /** Whether a port is taken (K-041). */
  boolean conflicts(Set<HostPort> taken) {
    if (taken.isEmpty()) {
      return false;
    }
    for (HostPort port : ports) {
      for (HostPort other : taken) {
        if (port.conflicts(other)) {
          return true;
        }
      }
    }
    return false;
  }

  /** NodeResourcesFit of a node as it is, or with changes. */
  int fit(int slot, NodeTable nodes, @Nullable NodeView view) {
    if (key.refused()) {
      return Statuses.of(Plugin.NODE_RESOURCES_FIT, true, Statuses.SIDECAR);
    }
    int reasons = 0;
    long pods = nodes.pods[slot].size() + (view == null ? 0 : view.pods);
    if (pods + 1 > nodes.allowedPods[slot]) {
      reasons |= Statuses.TOO_MANY_PODS;
    }
    boolean hopeless = false;
    if (!asksNothing) {
      long freeCpu = nodes.cpu[slot] - nodes.usedCpu[slot] - (view == null ? 0 : view.cpu);
      if (cpu > 0 && cpu > freeCpu) {
        reasons |= Statuses.CPU;
        hopeless |= cpu > nodes.cpu[slot];
      }
      long freeMemory =
          nodes.memory[slot] - nodes.usedMemory[slot] - (view == null ? 0 : view.memory);
      if (memory > 0 && memory > freeMemory) {
        reasons |= Statuses.MEMORY;
        hopeless |= memory > nodes.memory[slot];
      }
      long freeEphemeral =
          nodes.ephemeral[slot] - nodes.usedEphemeral[slot] - (view == null ? 0 : view.ephemeral);
      if (ephemeral > 0 && ephemeral > freeEphemeral) {
        reasons |= Statuses.EPHEMERAL_STORAGE;
        hopeless |= ephemeral > nodes.ephemeral[slot];
      }
      for (int i = 0; i < scalars.length; i++) {
        long capacity = nodes.scalars[scalars[i]][slot];
        long used = nodes.usedScalars[scalars[i]][slot] + (view == null ? 0 : view.scalars[i]);
        if (scalarAmounts[i] > 0 && scalarAmounts[i] > capacity - used) {
          reasons |= 1 << (Statuses.FIRST_SCALAR + Math.min(i, Statuses.SCALARS_MAX - 1));
          hopeless |= scalarAmounts[i] > capacity;
        }
      }
    }
    return reasons == 0 ? Statuses.OK : Statuses.of(Plugin.NODE_RESOURCES_FIT, hopeless, reasons);
  }

  private int scores(int slot, NodeTable nodes) {
    return fitScore(slot, nodes)
        + (balances() ? balancedScore(slot, nodes) : 0)
        + imageScore(slot, nodes);
  }

  /** NodeResourcesBalancedAllocation takes part (K-046). */
  boolean balances() {
    return balancedCpu != 0 || balancedMemory != 0;
  }

  int imageScore(int slot, NodeTable nodes) {
    return images.isEmpty() || nodes.images.isEmpty()
        ? 0
        : nodes.images.score(slot, images, imageCount, nodes.count());
  }

  /** LeastAllocated with cpu 1 and memory 1. */
  int fitScore(int slot, NodeTable nodes) {
    long sum = 0;
    int weights = 0;
    if (nodes.cpu[slot] != 0) {
      sum += least(nodes.nonZeroCpu[slot] + scoredCpu, nodes.cpu[slot]);
      weights++;
    }
    if (nodes.memory[slot] != 0) {
      sum += least(nodes.nonZeroMemory[slot] + scoredMemory, nodes.memory[slot]);
      weights++;
    }
    return weights == 0 ? 0 : (int) (sum / weights);
  }

  private static long least(long used, long capacity) {
    return used > capacity ? 0 : (capacity - used) * MAX / capacity;
  }

  /** How much more even the shares of cpu and memory get. */
  int balancedScore(int slot, NodeTable nodes) {
    if (nodes.cpu[slot] == 0 || nodes.memory[slot] == 0) {
      return (int) (MAX / 2 + MAX / 4);
    }
    long with =
        evenness(
            share(nodes.usedCpu[slot] + balancedCpu, nodes.cpu[slot]),
            share(nodes.usedMemory[slot] + balancedMemory, nodes.memory[slot]));
    long without =
        evenness(
            share(nodes.usedCpu[slot], nodes.cpu[slot]),
            share(nodes.usedMemory[slot], nodes.memory[slot]));
    return (int) (MAX / 2 + (MAX / 2 + with - without) / 2);
  }

  private static double share(long used, long capacity) {
    return Math.min(1, (double) used / capacity);
  }

  private static long evenness(double cpuShare, double memoryShare) {
    return (long) ((1 - Math.abs((cpuShare - memoryShare) / 2)) * MAX);
  }
}
