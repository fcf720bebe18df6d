package dev.slipway.engine.scheduling;

import java.util.Arrays;

/** Scores of the feasible nodes of one decision, by plugin, and their totals (K-085). */
final class Scores {
  private static final long MAX = 100;

  private final Cluster cluster;
  private final SpreadScore spread;
  private final AffinityScore affinity;
  private final Scratch scratch = new Scratch();
  private final long[][] raw = new long[Plugin.values().length][0];
  private final long[][] normal = new long[Plugin.values().length][0];
  private final boolean[] given = new boolean[Plugin.values().length];
  private long[] totals = new long[0];
  private boolean affinityCounts;

  Scores(Cluster cluster) {
    this.cluster = cluster;
    this.spread = new SpreadScore(cluster.nodes);
    this.affinity = new AffinityScore(cluster);
  }

  /** PreScore; call once before the others. */
  void prepare(Plan plan) {
    scratch.reset();
    affinityCounts = affinity.prepare(plan, scratch);
  }

  /** All nodes differ in nothing but the sum the local answers hold. */
  boolean localOnly(Plan plan) {
    return !affinityCounts
        && !plan.statics.hasPreference()
        && !plan.statics.anyIntolerable
        && plan.softSpread(cluster).isEmpty();
  }

  /** What every node gets besides, then: TaintToleration's best. */
  static long sameForAll() {
    return MAX * Plugin.TAINT_TOLERATION.weight();
  }

  /** Totals of the feasible nodes; valid until the next decision. */
  long[] totals(Plan plan, int[] feasible, int size) {
    if (totals.length < size) {
      totals = new long[size];
    }
    Arrays.fill(given, false);
    for (int i = 0; i < size; i++) {
      totals[i] = plan.local.score[feasible[i]];
    }
    taints(plan, feasible, size);
    preference(plan, feasible, size);
    SpreadPlan soft = plan.softSpread(cluster);
    if (!soft.isEmpty()) {
      long[] values = open(Plugin.POD_TOPOLOGY_SPREAD, size);
      spread.raw(soft, feasible, size, values, scratch);
      SpreadScore.normalise(values, size, normal[Plugin.POD_TOPOLOGY_SPREAD.ordinal()]);
      close(Plugin.POD_TOPOLOGY_SPREAD, size);
    }
    if (affinityCounts) {
      long[] values = open(Plugin.INTER_POD_AFFINITY, size);
      affinity.raw(feasible, size, values);
      AffinityScore.normalise(values, size, normal[Plugin.INTER_POD_AFFINITY.ordinal()]);
      close(Plugin.INTER_POD_AFFINITY, size);
    }
    return totals;
  }

  /** The fewer the better (K-024, K-025). */
  private void taints(Plan plan, int[] feasible, int size) {
    long[] values = open(Plugin.TAINT_TOLERATION, size);
    long[] result = normal[Plugin.TAINT_TOLERATION.ordinal()];
    if (!plan.statics.anyIntolerable) {
      Arrays.fill(values, 0, size, 0);
      Arrays.fill(result, 0, size, MAX);
      close(Plugin.TAINT_TOLERATION, size);
      return;
    }
    long most = 0;
    for (int i = 0; i < size; i++) {
      values[i] = plan.statics.intolerable[feasible[i]];
      most = Math.max(most, values[i]);
    }
    for (int i = 0; i < size; i++) {
      result[i] = most == 0 ? MAX : MAX - MAX * values[i] / most;
    }
    close(Plugin.TAINT_TOLERATION, size);
  }

  /** The more the better (K-035, K-036). */
  private void preference(Plan plan, int[] feasible, int size) {
    if (!plan.statics.hasPreference()) {
      return;
    }
    long[] values = open(Plugin.NODE_AFFINITY, size);
    long[] result = normal[Plugin.NODE_AFFINITY.ordinal()];
    long most = 0;
    for (int i = 0; i < size; i++) {
      values[i] = plan.statics.preference[feasible[i]];
      most = Math.max(most, values[i]);
    }
    for (int i = 0; i < size; i++) {
      result[i] = most == 0 ? 0 : MAX * values[i] / most;
    }
    close(Plugin.NODE_AFFINITY, size);
  }

  private long[] open(Plugin plugin, int size) {
    int at = plugin.ordinal();
    given[at] = true;
    if (raw[at].length < size) {
      raw[at] = new long[size];
      normal[at] = new long[size];
    }
    return raw[at];
  }

  private void close(Plugin plugin, int size) {
    long[] result = normal[plugin.ordinal()];
    int weight = plugin.weight();
    for (int i = 0; i < size; i++) {
      totals[i] += weight * result[i];
    }
  }

  /** The plugin gave scores in the last decision; those of single nodes are not kept here. */
  boolean given(Plugin plugin) {
    return given[plugin.ordinal()];
  }

  long raw(Plugin plugin, int index) {
    return raw[plugin.ordinal()][index];
  }

  long normal(Plugin plugin, int index) {
    return normal[plugin.ordinal()][index];
  }
}
