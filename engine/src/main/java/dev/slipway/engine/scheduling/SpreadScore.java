package dev.slipway.engine.scheduling;

import java.util.Arrays;

/**
 * The score of PodTopologySpread for one decision (K-060 to K-064; source: {@code
 * podtopologyspread/scoring.go}, 1.37).
 */
final class SpreadScore {
  private static final long MAX = 100;
  private static final long IGNORED = -1;

  private final NodeTable nodes;
  private double[] sums = new double[0];

  SpreadScore(NodeTable nodes) {
    this.nodes = nodes;
  }

  /**
   * Raw scores of the feasible nodes into the array; nodes that are left out get {@link #IGNORED}.
   */
  void raw(SpreadPlan plan, int[] feasible, int size, long[] raw, Scratch scratch) {
    plan.nodes().refresh(nodes, plan.rules());
    int ignored = 0;
    for (int i = 0; i < size; i++) {
      boolean counts = plan.nodes().hasKeys(feasible[i]);
      raw[i] = counts ? 0 : IGNORED;
      ignored += counts ? 0 : 1;
    }
    if (sums.length < size) {
      sums = new double[size];
    }
    Arrays.fill(sums, 0, size, 0);
    for (int c = 0; c < plan.rules().size(); c++) {
      SpreadRule rule = plan.rules().get(c);
      if (rule.byHostname()) {
        addByHostname(rule, feasible, size, size - ignored, raw, scratch);
      } else {
        addByDomain(plan, c, feasible, size, raw, scratch);
      }
    }
    for (int i = 0; i < size; i++) {
      raw[i] = raw[i] == IGNORED ? IGNORED : Math.round(sums[i]);
    }
  }

  private void addByHostname(
      SpreadRule rule, int[] feasible, int size, int counting, long[] raw, Scratch scratch) {
    long[] own = scratch.take(nodes.slotEnd());
    PodMatcher matcher = rule.matcher();
    int groups = matcher == null ? 0 : matcher.size();
    for (int g = 0; g < groups && matcher != null; g++) {
      SparseCounts counts = matcher.group(g).alive;
      for (int i = 0; i < counts.size(); i++) {
        own[counts.slot(i)] += counts.count(i);
      }
    }
    double weight = weight(counting);
    int slack = rule.constraint().maxSkew() - 1;
    for (int i = 0; i < size; i++) {
      if (raw[i] != IGNORED && rule.topology().domain(feasible[i]) != Topology.NONE) {
        sums[i] += own[feasible[i]] * weight + slack;
      }
    }
  }

  private void addByDomain(
      SpreadPlan plan, int index, int[] feasible, int size, long[] raw, Scratch scratch) {
    SpreadRule rule = plan.rules().get(index);
    Topology topology = rule.topology();
    long[] numbers = scratch.take(topology.domainCount());
    PodMatcher matcher = rule.matcher();
    int groups = matcher == null ? 0 : matcher.size();
    for (int g = 0; g < groups && matcher != null; g++) {
      SparseCounts counts = matcher.group(g).alive;
      for (int i = 0; i < counts.size(); i++) {
        int slot = counts.slot(i);
        int domain = topology.domain(slot);
        if (domain != Topology.NONE && plan.nodes().counts(index, slot)) {
          numbers[domain] += counts.count(i);
        }
      }
    }
    double weight = weight(distinct(topology, feasible, size, raw, scratch));
    int slack = rule.constraint().maxSkew() - 1;
    for (int i = 0; i < size; i++) {
      int domain = topology.domain(feasible[i]);
      if (raw[i] != IGNORED && domain != Topology.NONE) {
        sums[i] += numbers[domain] * weight + slack;
      }
    }
  }

  /** Different values among the nodes that count; lacking the key is a value of its own. */
  private static int distinct(
      Topology topology, int[] feasible, int size, long[] raw, Scratch scratch) {
    long[] seen = scratch.take(topology.domainCount() + 1);
    int distinct = 0;
    for (int i = 0; i < size; i++) {
      int place = topology.domain(feasible[i]) + 1;
      if (raw[i] != IGNORED && seen[place] == 0) {
        seen[place] = 1;
        distinct++;
      }
    }
    return distinct;
  }

  private static double weight(int size) {
    return StrictMath.log(size + 2);
  }

  /** From raw to 0..100, best for the lowest (K-064). */
  static void normalise(long[] raw, int size, long[] normal) {
    long most = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      if (raw[i] != IGNORED) {
        most = Math.max(most, raw[i]);
        least = Math.min(least, raw[i]);
      }
    }
    for (int i = 0; i < size; i++) {
      if (raw[i] == IGNORED) {
        raw[i] = 0;
        normal[i] = 0;
      } else {
        normal[i] = most == 0 ? MAX : MAX * (most + least - raw[i]) / most;
      }
    }
  }
}
