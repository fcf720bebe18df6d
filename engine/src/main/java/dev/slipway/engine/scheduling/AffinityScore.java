package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.List;

/**
 * The score of InterPodAffinity for one decision (K-080, K-081; source: {@code
 * interpodaffinity/scoring.go}, 1.37).
 */
final class AffinityScore {
  private static final double MAX = 100.0;

  private final Cluster cluster;
  private final List<TermCarriers> carriers = new ArrayList<>();
  private final List<Topology> keys = new ArrayList<>();
  private final List<long[]> sums = new ArrayList<>();
  private boolean touched;

  AffinityScore(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Counts for a decision; false if no term matches anything, so that there is no score. */
  boolean prepare(Plan plan, Scratch scratch) {
    keys.clear();
    sums.clear();
    carriers.clear();
    touched = false;
    cluster.terms.matching(plan.template.group, false, carriers);
    for (TermCarriers one : carriers) {
      Topology topology = cluster.nodes.topology(one.key.topologyKey());
      add(one.counts, topology, one.key.weight(), scratch);
    }
    for (AffinityPlan.Term term : plan.affinity.preferred()) {
      PodMatcher matcher = term.matcher();
      int groups = matcher == null ? 0 : matcher.size();
      for (int i = 0; i < groups && matcher != null; i++) {
        add(matcher.group(i).alive, term.topology(), term.weight(), scratch);
        add(matcher.group(i).terminating, term.topology(), term.weight(), scratch);
      }
    }
    return touched;
  }

  private void add(SparseCounts counts, Topology topology, int weight, Scratch scratch) {
    if (counts.size() == 0) {
      return;
    }
    int at = keys.indexOf(topology);
    if (at < 0) {
      at = keys.size();
      keys.add(topology);
      sums.add(scratch.take(topology.domainCount()));
    }
    long[] byDomain = sums.get(at);
    for (int i = 0; i < counts.size(); i++) {
      int domain = topology.domain(counts.slot(i));
      if (domain != Topology.NONE) {
        byDomain[domain] += (long) weight * counts.count(i);
        touched = true;
      }
    }
  }

  void raw(int[] feasible, int size, long[] raw) {
    for (int i = 0; i < size; i++) {
      long sum = 0;
      for (int k = 0; k < keys.size(); k++) {
        int domain = keys.get(k).domain(feasible[i]);
        sum += domain == Topology.NONE ? 0 : sums.get(k)[domain];
      }
      raw[i] = sum;
    }
  }

  /** From raw to 0..100 between the lowest and the highest (K-081). */
  static void normalise(long[] raw, int size, long[] normal) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, raw[i]);
      most = Math.max(most, raw[i]);
    }
    long span = most - least;
    for (int i = 0; i < size; i++) {
      normal[i] = span == 0 ? 0 : (long) (MAX * ((double) (raw[i] - least) / (double) span));
    }
  }
}
