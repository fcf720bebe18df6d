package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything one attempt to place a pod answered, step by step, by node name. For people and for
 * comparing with the reference; a decision itself does not make one.
 *
 * @param narrowed node names PreFilter left, null for all
 * @param preFilterFailure why PreFilter ended the cycle, empty if it did not
 * @param preFilterPlugin the plugin that did, null if it was the intersection of several
 * @param skipped plugins whose filter sits the cycle out
 * @param rejected status of each node that was looked at and did not do
 * @param absentReason what is said of nodes not looked at, empty if all were
 * @param nominatedOnly only the pod's own nominated node was looked at, and it fits
 * @param failed the cycle ended with an error
 * @param scores of two or more feasible nodes
 * @param best nodes with the highest total
 * @param message if no node is feasible, without the part of preemption
 * @param preemption if no node is feasible
 */
public record CycleReport(
    @Nullable Set<String> narrowed,
    String preFilterFailure,
    @Nullable Plugin preFilterPlugin,
    Set<Plugin> skipped,
    List<String> feasible,
    Map<String, NodeStatus> rejected,
    String absentReason,
    boolean nominatedOnly,
    boolean failed,
    Map<String, NodeScore> scores,
    Set<String> best,
    String message,
    @Nullable PreemptionReport preemption) {
  /**
   * What a filter said of a node.
   *
   * @param plugin null if no plugin but preemption itself said it
   */
  public record NodeStatus(@Nullable Plugin plugin, boolean unresolvable, List<String> reasons) {}

  /** Scores of a node before and after normalising and weighing; total over all plugins. */
  public record NodeScore(Map<Plugin, Long> raw, Map<Plugin, Long> weighted, long total) {}

  /**
   * What preemption found.
   *
   * @param ineligible why it was not tried, empty if it was
   * @param potential nodes it was tried on
   * @param message if there is no candidate
   */
  public record PreemptionReport(
      String ineligible,
      List<String> potential,
      Map<String, NodeStatus> rejected,
      Map<String, Candidate> candidates,
      Set<String> chosen,
      String message) {}

  /** A node that could be freed, with the pods to be deleted, most important first. */
  public record Candidate(List<SchedulingPod> victims, int violations) {}

  /** Collects a report while a cycle runs. */
  static final class Builder {
    private final Cluster cluster;
    private final NodeTable nodes;
    private final Plan plan;
    private final Filters filters;
    private final List<String> feasible = new ArrayList<>();
    private final Map<String, NodeStatus> rejected = new TreeMap<>();
    private final Map<String, NodeScore> scores = new TreeMap<>();
    private final Set<String> best = new TreeSet<>();
    private boolean nominatedOnly;
    private boolean failed;
    private String message = "";
    private @Nullable PreemptionReport preemption;

    Builder(Cluster cluster, Plan plan, Filters filters) {
      this.cluster = cluster;
      this.nodes = cluster.nodes;
      this.plan = plan;
      this.filters = filters;
    }

    void nominatedOnly() {
      nominatedOnly = true;
    }

    void failed() {
      failed = true;
    }

    void message(String text) {
      message = text;
    }

    void searched(Diagnosis diagnosis, int[] slots, int count) {
      for (int i = 0; i < count; i++) {
        feasible.add(name(slots[i]));
      }
      for (int i = 0; i < diagnosis.size(); i++) {
        rejected.put(name(diagnosis.slot(i)), status(diagnosis.status(i)));
      }
      if (count == 1) {
        best.add(feasible.get(0));
      }
    }

    private String name(int slot) {
      return nodes.node(slot).name();
    }

    private NodeStatus status(int status) {
      return new NodeStatus(
          Statuses.plugin(status),
          Statuses.unresolvable(status),
          Statuses.reasons(status, plan.local.scalarNames));
    }

    void scored(Scores given, long[] totals, int[] slots, int count) {
      long most = Long.MIN_VALUE;
      for (int i = 0; i < count; i++) {
        scores.put(name(slots[i]), score(given, slots[i], i, totals[i]));
        most = Math.max(most, totals[i]);
      }
      for (int i = 0; i < count; i++) {
        if (totals[i] == most) {
          best.add(name(slots[i]));
        }
      }
    }

    private NodeScore score(Scores given, int slot, int index, long total) {
      Map<Plugin, Long> raw = new LinkedHashMap<>();
      Map<Plugin, Long> weighted = new LinkedHashMap<>();
      for (Plugin plugin : Plugin.values()) {
        if (given.given(plugin)) {
          raw.put(plugin, given.raw(plugin, index));
          weighted.put(plugin, plugin.weight() * given.normal(plugin, index));
        }
      }
      local(raw, weighted, Plugin.NODE_RESOURCES_FIT, plan.local.fitScore(slot, nodes));
      local(raw, weighted, Plugin.IMAGE_LOCALITY, plan.local.imageScore(slot, nodes));
      if (plan.local.balances()) {
        long balanced = plan.local.balancedScore(slot, nodes);
        local(raw, weighted, Plugin.NODE_RESOURCES_BALANCED_ALLOCATION, balanced);
      }
      return new NodeScore(raw, weighted, total);
    }

    private static void local(
        Map<Plugin, Long> raw, Map<Plugin, Long> weighted, Plugin plugin, long score) {
      raw.put(plugin, score);
      weighted.put(plugin, plugin.weight() * score);
    }

    void preemption(Preemption found, String ineligible, int[] helpful) {
      List<String> potential = new ArrayList<>();
      for (int slot : helpful) {
        potential.add(name(slot));
      }
      Map<String, NodeStatus> without = new TreeMap<>();
      for (Preemption.Rejection rejection : found.rejections()) {
        without.put(
            name(rejection.slot()),
            rejection.status() == Statuses.OK
                ? new NodeStatus(null, true, List.of(rejection.text()))
                : status(rejection.status()));
      }
      Map<String, Candidate> candidates = new TreeMap<>();
      for (Preemption.Candidate one : found.candidates()) {
        candidates.put(name(one.slot()), new Candidate(one.victims(), one.violations()));
      }
      Set<String> chosen = new TreeSet<>();
      found.best().forEach(one -> chosen.add(name(one.slot())));
      String text = candidates.isEmpty() ? found.message(plan.local.scalarNames) : "";
      preemption = new PreemptionReport(ineligible, potential, without, candidates, chosen, text);
    }

    private Set<Plugin> skipped() {
      Set<Plugin> skipped = new TreeSet<>();
      if (!plan.statics.filtersByAffinity()) {
        skipped.add(Plugin.NODE_AFFINITY);
      }
      if (plan.local.ports.isEmpty()) {
        skipped.add(Plugin.NODE_PORTS);
      }
      if (plan.hardSpread.isEmpty()) {
        skipped.add(Plugin.POD_TOPOLOGY_SPREAD);
      }
      if (filters.affinity.skipped()) {
        skipped.add(Plugin.INTER_POD_AFFINITY);
      }
      return skipped;
    }

    CycleReport build() {
      Narrowing narrowing = plan.narrowing;
      boolean partly = narrowing.names() != null && !narrowing.failed();
      return new CycleReport(
          partly ? narrowing.names() : null,
          narrowing.failure(),
          narrowing.failedPlugin(),
          skipped(),
          feasible,
          rejected,
          absentReason(),
          nominatedOnly,
          failed,
          scores,
          best,
          message,
          preemption);
    }

    private String absentReason() {
      if (plan.narrowing.failed()) {
        return plan.narrowing.failure();
      }
      boolean all = feasible.size() + rejected.size() == cluster.nodeCount();
      return all || nominatedOnly ? "" : plan.narrowing.absentReason();
    }
  }
}
