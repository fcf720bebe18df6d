package dev.slipway.engine.scheduling;

import org.jspecify.annotations.Nullable;

/**
 * The filter of PodTopologySpread for one decision (K-052 to K-057; source: {@code
 * podtopologyspread/filtering.go}, 1.37). Counts each constraint's domains once, from the groups of
 * pods that match; a node is then judged by look-ups.
 */
final class SpreadFilter {
  private final NodeTable nodes;
  private SpreadPlan plan;
  private SpreadRule[] rules = new SpreadRule[0];
  private long[][] numbers = new long[0][];

  /** Smallest number of each constraint, the domain that has it, and the smallest of the others. */
  private long[] smallest = new long[0];

  private int[] smallestDomain = new int[0];
  private long[] second = new long[0];
  private boolean[] tooFewDomains = new boolean[0];

  SpreadFilter(NodeTable nodes, SpreadPlan none) {
    this.nodes = nodes;
    this.plan = none;
  }

  /** Counts for a decision. */
  void prepare(SpreadPlan newPlan, Scratch scratch) {
    plan = newPlan;
    int size = plan.rules().size();
    if (rules.length < size) {
      rules = new SpreadRule[size];
      numbers = new long[size][];
      smallest = new long[size];
      smallestDomain = new int[size];
      second = new long[size];
      tooFewDomains = new boolean[size];
    }
    plan.nodes().refresh(nodes, plan.rules());
    for (int i = 0; i < size; i++) {
      rules[i] = plan.rules().get(i);
      numbers[i] = count(i, rules[i], scratch);
      findSmallest(i);
    }
  }

  private long[] count(int index, SpreadRule rule, Scratch scratch) {
    long[] sums = scratch.take(rule.topology().domainCount());
    PodMatcher matcher = rule.matcher();
    if (matcher == null) {
      return sums;
    }
    int groups = matcher.size();
    for (int g = 0; g < groups; g++) {
      SparseCounts counts = matcher.group(g).alive;
      for (int i = 0; i < counts.size(); i++) {
        int slot = counts.slot(i);
        if (plan.nodes().counts(index, slot)) {
          sums[rule.topology().domain(slot)] += counts.count(i);
        }
      }
    }
    return sums;
  }

  private void findSmallest(int index) {
    long least = Long.MAX_VALUE;
    long next = Long.MAX_VALUE;
    int where = Topology.NONE;
    for (int domain : plan.nodes().domains(index)) {
      long number = numbers[index][domain];
      if (number < least) {
        next = least;
        least = number;
        where = domain;
      } else if (number < next) {
        next = number;
      }
    }
    smallest[index] = least;
    second[index] = next;
    smallestDomain[index] = where;
    int domains = plan.nodes().domains(index).length;
    tooFewDomains[index] = domains < Math.max(1, rules[index].constraint().minDomains());
  }

  /** Status of a node as it is, or with changes. */
  int status(int slot, @Nullable NodeView view) {
    int size = plan.rules().size();
    for (int i = 0; i < size; i++) {
      SpreadRule rule = rules[i];
      int domain = rule.topology().domain(slot);
      if (domain == Topology.NONE) {
        return Statuses.of(Plugin.POD_TOPOLOGY_SPREAD, true, Statuses.SPREAD_LABEL);
      }
      long number = numbers[i][domain];
      long least = smallest[i];
      if (view != null && view.spread[i] != 0) {
        number += view.spread[i];
        least = Math.min(number, domain == smallestDomain[i] ? second[i] : least);
      }
      least = tooFewDomains[i] ? 0 : least;
      if (number + rule.self() - least > rule.constraint().maxSkew()) {
        return Statuses.of(Plugin.POD_TOPOLOGY_SPREAD, false, Statuses.SPREAD_SKEW);
      }
    }
    return Statuses.OK;
  }

  /** Counts a pod more or less on a node, for one view of it (K-057). */
  void change(NodeView view, Template pod, int sign) {
    for (int i = 0; i < plan.rules().size(); i++) {
      if (plan.nodes().counts(i, view.slot)
          && rules[i].countsChangeOf(pod.group, view.plan.template.spec.namespace())) {
        view.spread[i] += sign;
      }
    }
  }

  int constraints() {
    return plan.rules().size();
  }
}
