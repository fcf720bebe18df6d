package dev.slipway.engine.scheduling;

import java.util.List;

/**
 * What node objects alone mean for pods with the same node rules: NodeName, NodeUnschedulable,
 * TaintToleration and NodeAffinity, filter and raw score, by slot. Computed again when a node
 * object changes.
 */
final class StaticClass {
  private final SchedulingSpec.NodeRules rules;
  private final List<Toleration> preferTolerations;
  private final NodeMatch match;
  private final List<NodeAffinity.Preferred> preferred;
  private final boolean brokenPreference;
  private final boolean toleratesUnschedulable;

  private long structure = -1;
  int[] status = new int[0];
  boolean[] affinityMatches = new boolean[0];
  boolean[] taintsTolerated = new boolean[0];
  int[] intolerable = new int[0];
  long[] preference = new long[0];

  /** Whether any node has a taint that counts in the score. */
  boolean anyIntolerable;

  StaticClass(SchedulingSpec.NodeRules rules) {
    this.rules = rules;
    this.preferTolerations =
        rules.tolerations().stream()
            .filter(toleration ->
                toleration.effect() == null
                    || toleration.effect() == Taint.Effect.PREFER_NO_SCHEDULE)
            .toList();
    this.match = new NodeMatch(rules);
    List<NodeAffinity.Preferred> wishes = rules.affinity().preferred();
    this.preferred =
        wishes == null
            ? List.of()
            : wishes.stream().filter(wish -> wish.weight() != 0 && !wish.term().isEmpty()).toList();
    this.brokenPreference = !preferred.stream().allMatch(wish -> wish.term().valid());
    this.toleratesUnschedulable = Toleration.tolerateUnschedulable(rules.tolerations());
  }

  /** Preferred node affinity is there, if only empty (K-035). */
  boolean hasPreference() {
    return rules.affinity().preferred() != null;
  }

  /** A preferred term cannot be parsed: scoring ends with an error (K-033). */
  boolean brokenPreference() {
    return brokenPreference;
  }

  /** NodeAffinity takes part in the filters (K-030). */
  boolean filtersByAffinity() {
    return rules.nodeSelector() != null || rules.affinity().required() != null;
  }

  void refresh(NodeTable nodes) {
    if (structure == nodes.structure()) {
      return;
    }
    structure = nodes.structure();
    int end = nodes.slotEnd();
    if (status.length < end) {
      status = new int[end];
      affinityMatches = new boolean[end];
      taintsTolerated = new boolean[end];
      intolerable = new int[end];
      preference = new long[end];
    }
    anyIntolerable = false;
    for (int slot : nodes.order()) {
      SchedulingNode node = nodes.node(slot);
      affinityMatches[slot] = match.matches(node);
      taintsTolerated[slot] = Toleration.allTolerated(rules.tolerations(), node.taints());
      status[slot] = status(slot, node);
      intolerable[slot] = Toleration.intolerable(preferTolerations, node.taints());
      anyIntolerable |= intolerable[slot] > 0;
      preference[slot] = preference(node);
    }
  }

  private int status(int slot, SchedulingNode node) {
    if (!rules.nodeName().isEmpty() && !rules.nodeName().equals(node.name())) {
      return Statuses.of(Plugin.NODE_NAME, true, 0);
    }
    if (node.unschedulable() && !toleratesUnschedulable) {
      return Statuses.of(Plugin.NODE_UNSCHEDULABLE, true, 0);
    }
    if (!taintsTolerated[slot]) {
      return Statuses.of(Plugin.TAINT_TOLERATION, true, 0);
    }
    return affinityMatches[slot] ? Statuses.OK : Statuses.of(Plugin.NODE_AFFINITY, true, 0);
  }

  private long preference(SchedulingNode node) {
    long sum = 0;
    if (!brokenPreference) {
      for (NodeAffinity.Preferred wish : preferred) {
        if (wish.term().matches(node)) {
          sum += wish.weight();
        }
      }
    }
    return sum;
  }
}
