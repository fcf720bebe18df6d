package dev.slipway.engine.scheduling;

import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceNames;
import dev.slipway.engine.resources.SchedulerVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes, one slot each, in columns of primitives: what a node has, what the pods on it take,
 * and a log of the slots that changed. Whoever keeps an answer per node reads the log from where it
 * stopped and computes only those again.
 */
final class NodeTable {
  private static final int FIRST_CAPACITY = 16;
  private static final int LOG_SIZE = 1 << 12;
  private static final Set<HostPort> NO_PORTS = Set.of();

  private int capacity = FIRST_CAPACITY;
  private int used;
  private int live;
  private int[] free = new int[FIRST_CAPACITY];
  private int freeCount;

  @Nullable SchedulingNode[] nodes = new SchedulingNode[capacity];
  PodTable[] pods = new PodTable[capacity];
  Set<HostPort>[] ports = newSets(capacity);
  long[] arrival = new long[capacity];
  long[] cpu = new long[capacity];
  long[] memory = new long[capacity];
  long[] ephemeral = new long[capacity];
  long[] allowedPods = new long[capacity];
  long[] usedCpu = new long[capacity];
  long[] usedMemory = new long[capacity];
  long[] usedEphemeral = new long[capacity];
  long[] nonZeroCpu = new long[capacity];
  long[] nonZeroMemory = new long[capacity];

  /** By scalar number, then slot. */
  long[][] scalars = new long[0][];

  long[][] usedScalars = new long[0][];
  private final List<String> scalarNames = new ArrayList<>();
  private final Map<String, Integer> scalarNumbers = new HashMap<>();

  private final Map<String, Integer> slots = new HashMap<>();
  private final Map<String, Topology> topologies = new HashMap<>();
  final ImageTable images = new ImageTable();

  private long arrivals;
  private long structure;
  private int[] order = new int[0];
  private long orderVersion = -1;
  private final int[] log = new int[LOG_SIZE];
  private long logEnd;

  @SuppressWarnings("unchecked")
  private static Set<HostPort>[] newSets(int size) {
    Set<HostPort>[] sets = new Set[size];
    Arrays.fill(sets, NO_PORTS);
    return sets;
  }

  /** Number of nodes. */
  int count() {
    return live;
  }

  /** Every slot is below this. */
  int slotEnd() {
    return used;
  }

  /** Grows whenever a node comes, goes or changes its object. */
  long structure() {
    return structure;
  }

  /** Slot of the node of that name, -1 if there is none. */
  int slot(String name) {
    Integer slot = slots.get(name);
    return slot == null ? -1 : slot;
  }

  SchedulingNode node(int slot) {
    SchedulingNode node = nodes[slot];
    if (node == null) {
      throw new IllegalStateException("no node in slot " + slot);
    }
    return node;
  }

  /** Slots in order of the nodes' arrival; shared, not to be written. */
  int[] order() {
    if (orderVersion != structure) {
      var sorted = new ArrayList<Integer>(live);
      for (int slot = 0; slot < used; slot++) {
        if (nodes[slot] != null) {
          sorted.add(slot);
        }
      }
      sorted.sort((a, b) -> Long.compare(arrival[a], arrival[b]));
      order = sorted.stream().mapToInt(Integer::intValue).toArray();
      orderVersion = structure;
    }
    return order;
  }

  int add(SchedulingNode node) {
    if (slots.containsKey(node.name())) {
      throw new IllegalArgumentException("node is there already: " + node.name());
    }
    int slot = freeCount > 0 ? free[--freeCount] : next();
    slots.put(node.name(), slot);
    arrival[slot] = arrivals++;
    pods[slot] = new PodTable();
    live++;
    write(slot, node);
    return slot;
  }

  void update(int slot, SchedulingNode node) {
    images.remove(slot, node(slot));
    write(slot, node);
  }

  private void write(int slot, SchedulingNode node) {
    nodes[slot] = node;
    ResourceList allocatable = node.allocatable();
    SchedulerVector has = SchedulerVector.of(allocatable);
    cpu[slot] = has.milliCpu();
    memory[slot] = has.memory();
    ephemeral[slot] = has.ephemeralStorage();
    allowedPods[slot] = allocatable.getOrZero(ResourceNames.PODS).value();
    for (long[] column : scalars) {
      column[slot] = 0;
    }
    has.scalars()
        .forEach((name, amount) -> {
          int number = scalar(name);
          scalars[number][slot] = amount;
        });
    images.add(slot, node);
    for (Topology topology : topologies.values()) {
      topology.put(slot, node.labels());
    }
    structure++;
    touch(slot);
  }

  void remove(int slot) {
    SchedulingNode node = node(slot);
    images.remove(slot, node);
    for (Topology topology : topologies.values()) {
      topology.remove(slot);
    }
    slots.remove(node.name());
    nodes[slot] = null;
    clearUsage(slot);
    free[freeCount++] = slot;
    live--;
    structure++;
    touch(slot);
  }

  private void clearUsage(int slot) {
    ports[slot] = NO_PORTS;
    usedCpu[slot] = 0;
    usedMemory[slot] = 0;
    usedEphemeral[slot] = 0;
    nonZeroCpu[slot] = 0;
    nonZeroMemory[slot] = 0;
    for (long[] column : usedScalars) {
      column[slot] = 0;
    }
  }

  private int next() {
    if (used == capacity) {
      grow(capacity * 2);
    }
    return used++;
  }

  private void grow(int newCapacity) {
    nodes = Arrays.copyOf(nodes, newCapacity);
    pods = Arrays.copyOf(pods, newCapacity);
    ports = Arrays.copyOf(ports, newCapacity);
    Arrays.fill(ports, capacity, newCapacity, NO_PORTS);
    arrival = Arrays.copyOf(arrival, newCapacity);
    cpu = Arrays.copyOf(cpu, newCapacity);
    memory = Arrays.copyOf(memory, newCapacity);
    ephemeral = Arrays.copyOf(ephemeral, newCapacity);
    allowedPods = Arrays.copyOf(allowedPods, newCapacity);
    usedCpu = Arrays.copyOf(usedCpu, newCapacity);
    usedMemory = Arrays.copyOf(usedMemory, newCapacity);
    usedEphemeral = Arrays.copyOf(usedEphemeral, newCapacity);
    nonZeroCpu = Arrays.copyOf(nonZeroCpu, newCapacity);
    nonZeroMemory = Arrays.copyOf(nonZeroMemory, newCapacity);
    free = Arrays.copyOf(free, newCapacity);
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = Arrays.copyOf(scalars[i], newCapacity);
      usedScalars[i] = Arrays.copyOf(usedScalars[i], newCapacity);
    }
    for (Topology topology : topologies.values()) {
      topology.grow(newCapacity);
    }
    capacity = newCapacity;
  }

  /** The number of a scalar resource; its columns exist from now on. */
  int scalar(String name) {
    Integer known = scalarNumbers.get(name);
    if (known != null) {
      return known;
    }
    int number = scalars.length;
    scalarNumbers.put(name, number);
    scalarNames.add(name);
    scalars = Arrays.copyOf(scalars, number + 1);
    usedScalars = Arrays.copyOf(usedScalars, number + 1);
    scalars[number] = new long[capacity];
    usedScalars[number] = new long[capacity];
    return number;
  }

  String scalarName(int number) {
    return scalarNames.get(number);
  }

  /** The domains of a topology key. */
  Topology topology(String key) {
    Topology known = topologies.get(key);
    if (known != null) {
      return known;
    }
    Topology topology = new Topology(key, capacity);
    for (int slot = 0; slot < used; slot++) {
      SchedulingNode node = nodes[slot];
      if (node != null) {
        topology.put(slot, node.labels());
      }
    }
    topologies.put(key, topology);
    return topology;
  }

  /** Counts a pod on its node, or takes it off; its place in the node's list is kept too. */
  void count(PlacedPod placed, int sign) {
    int slot = placed.slot;
    Template template = placed.template;
    usedCpu[slot] += sign * template.nodeCpu;
    usedMemory[slot] += sign * template.nodeMemory;
    usedEphemeral[slot] += sign * template.nodeEphemeral;
    nonZeroCpu[slot] += sign * template.nonZeroCpu;
    nonZeroMemory[slot] += sign * template.nonZeroMemory;
    for (int i = 0; i < template.nodeScalars.length; i++) {
      usedScalars[template.nodeScalars[i]][slot] += sign * template.nodeScalarAmounts[i];
    }
    if (!template.ports.isEmpty()) {
      countPorts(slot, template.ports, sign);
    }
    if (sign > 0) {
      pods[slot].add(placed);
    } else {
      pods[slot].remove(placed);
    }
    touch(slot);
  }

  /** A set without counts: a port leaves with the first pod that has it (K-042). */
  private void countPorts(int slot, List<HostPort> podPorts, int sign) {
    if (ports[slot] == NO_PORTS) {
      ports[slot] = new HashSet<>();
    }
    if (sign > 0) {
      ports[slot].addAll(podPorts);
    } else {
      podPorts.forEach(ports[slot]::remove);
    }
  }

  private void touch(int slot) {
    log[(int) (logEnd & (LOG_SIZE - 1))] = slot;
    logEnd++;
  }

  /** Where the log of changes ends now. */
  long logEnd() {
    return logEnd;
  }

  /** Whether all changes since that place are still in the log. */
  boolean logReaches(long from) {
    return logEnd - from <= LOG_SIZE;
  }

  /** The slot of one change. */
  int changedSlot(long place) {
    return log[(int) (place & (LOG_SIZE - 1))];
  }
}
