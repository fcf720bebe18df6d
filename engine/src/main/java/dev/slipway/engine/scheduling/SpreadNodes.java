package dev.slipway.engine.scheduling;

import java.util.Arrays;
import java.util.List;

/**
 * Which nodes count for a set of spread constraints (K-052, K-060), and the domains they make up.
 * Depends on node objects alone; computed again when one changes.
 */
final class SpreadNodes {
  private final StaticClass statics;
  private final boolean needsAllKeys;

  private long structure = -1;
  private boolean[] hasKeys = new boolean[0];

  /** By constraint, then slot. */
  private boolean[][] counts;

  /** By constraint: the different domains of the nodes that count. */
  private int[][] domains;

  SpreadNodes(StaticClass statics, boolean needsAllKeys, int constraints) {
    this.statics = statics;
    this.needsAllKeys = needsAllKeys;
    this.counts = new boolean[constraints][0];
    this.domains = new int[constraints][0];
  }

  boolean hasKeys(int slot) {
    return hasKeys[slot];
  }

  boolean counts(int constraint, int slot) {
    return counts[constraint][slot];
  }

  int[] domains(int constraint) {
    return domains[constraint];
  }

  void refresh(NodeTable nodes, List<SpreadRule> rules) {
    if (structure == nodes.structure()) {
      return;
    }
    structure = nodes.structure();
    statics.refresh(nodes);
    hasKeys = new boolean[nodes.slotEnd()];
    for (int slot : nodes.order()) {
      hasKeys[slot] = !needsAllKeys || hasAll(rules, slot);
    }
    for (int i = 0; i < rules.size(); i++) {
      refresh(i, rules.get(i), nodes);
    }
  }

  private static boolean hasAll(List<SpreadRule> rules, int slot) {
    for (SpreadRule rule : rules) {
      if (rule.topology().domain(slot) == Topology.NONE) {
        return false;
      }
    }
    return true;
  }

  private void refresh(int index, SpreadRule rule, NodeTable nodes) {
    boolean[] counting = new boolean[nodes.slotEnd()];
    int[] found = new int[rule.topology().domainCount()];
    boolean[] seen = new boolean[found.length];
    int size = 0;
    for (int slot : nodes.order()) {
      counting[slot] =
          hasKeys[slot]
              && (!rule.constraint().honorAffinity() || statics.affinityMatches[slot])
              && (!rule.constraint().honorTaints() || statics.taintsTolerated[slot]);
      int domain = rule.topology().domain(slot);
      if (counting[slot] && domain != Topology.NONE && !seen[domain]) {
        seen[domain] = true;
        found[size++] = domain;
      }
    }
    counts[index] = counting;
    domains[index] = Arrays.copyOf(found, size);
  }
}
