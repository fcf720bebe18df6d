package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Why no node would do: the status of each node looked at, and what is said of all others. Statuses
 * are by slot.
 */
final class Diagnosis {
  private final NodeTable nodes;
  private int[] statuses = new int[0];
  private int[] looked = new int[0];
  private int size;
  private int[] codes = new int[16];
  private int[] counts = new int[16];
  private int codeCount;

  Diagnosis(NodeTable nodes) {
    this.nodes = nodes;
  }

  void clear() {
    size = 0;
    if (statuses.length < nodes.slotEnd()) {
      statuses = new int[nodes.slotEnd()];
      looked = new int[nodes.slotEnd()];
    }
  }

  void reject(int slot, int status) {
    statuses[slot] = status;
    looked[size++] = slot;
  }

  /** Number of nodes that were looked at and rejected. */
  int size() {
    return size;
  }

  int slot(int index) {
    return looked[index];
  }

  int status(int index) {
    return statuses[looked[index]];
  }

  /** Different statuses with how many nodes have each; nodes of one decision have few. */
  private void countCodes() {
    codeCount = 0;
    int last = 0;
    for (int i = 0; i < size; i++) {
      int code = status(i);
      if (last >= codeCount || codes[last] != code) {
        last = find(code);
      }
      counts[last]++;
    }
  }

  private int find(int code) {
    for (int i = 0; i < codeCount; i++) {
      if (codes[i] == code) {
        return i;
      }
    }
    if (codeCount == codes.length) {
      codes = Arrays.copyOf(codes, codeCount * 2);
      counts = Arrays.copyOf(counts, codeCount * 2);
    }
    codes[codeCount] = code;
    counts[codeCount] = 0;
    return codeCount++;
  }

  /** Adds the plugins that rejected a node. */
  Set<Plugin> plugins(List<Plugin> narrowing) {
    Set<Plugin> plugins = EnumSet.noneOf(Plugin.class);
    plugins.addAll(narrowing);
    countCodes();
    for (int i = 0; i < codeCount; i++) {
      plugins.add(Statuses.plugin(codes[i]));
    }
    return plugins;
  }

  /** The message over all nodes, {@code absent} said of those not looked at (K-011). */
  String message(String[] scalarNames, String absent) {
    countCodes();
    var reasons = new TreeMap<String, Integer>();
    for (int i = 0; i < codeCount; i++) {
      for (String reason : Statuses.reasons(codes[i], scalarNames)) {
        reasons.merge(reason, counts[i], Integer::sum);
      }
    }
    if (size < nodes.count()) {
      reasons.merge(absent, nodes.count() - size, Integer::sum);
    }
    return message(nodes.count(), reasons);
  }

  /** {@code 0/N nodes are available: <count> <reason>, ....} */
  static String message(int nodeCount, Map<String, Integer> reasons) {
    List<String> texts = new ArrayList<>();
    reasons.forEach((reason, count) -> texts.add(count + " " + reason));
    texts.sort(null);
    return "0/" + nodeCount + " nodes are available: " + String.join(", ", texts) + ".";
  }
}
