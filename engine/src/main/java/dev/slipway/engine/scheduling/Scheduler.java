package dev.slipway.engine.scheduling;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which node a pod gets, as kube-scheduler's default profile does (K-001 to K-099). Reads
 * the cluster and never changes it: the caller adds the pod to its node, deletes victims and
 * nominates.
 *
 * <p>Idea: what one node alone decides is kept per class of pods and brought up to date from the
 * log of changed nodes ({@link LocalClass}); domains of spread constraints and affinity terms are
 * counted once per decision from groups of pods with equal labels ({@link PodGroup}), never from
 * single pods. A pod without constraints costs one walk over an array of scores. Nothing is
 * allocated per node and decision.
 */
public final class Scheduler {
  /** What DynamicResources, asked before preemption, says of a pod without claims. */
  static final String NO_CLAIMS = "no new claims to deallocate";

  private static final int SEARCH_ALL_BELOW = 100;
  private static final int PERCENT_START = 50;
  private static final int NODES_PER_PERCENT = 125;
  private static final int PERCENT_MIN = 5;

  private final Cluster cluster;
  private final NodeTable nodes;
  private final SchedulerOptions options;
  private final ZoneOrder zoneOrder;
  private final Diagnosis diagnosis;
  private final Scores scores;
  private @Nullable Filters filters;
  private int[] feasible = new int[0];
  private int feasibleCount;
  private int searchStart;
  private long draws;

  /** A scheduler of that cluster. */
  public Scheduler(Cluster cluster, SchedulerOptions options) {
    this.cluster = cluster;
    this.nodes = cluster.nodes;
    this.options = options;
    this.zoneOrder = new ZoneOrder(nodes);
    this.diagnosis = new Diagnosis(nodes);
    this.scores = new Scores(cluster);
  }

  /**
   * One attempt.
   *
   * @param pod without a node; its nominated node is tried first
   * @param now epoch nanoseconds, for victims that have no start time
   */
  public Decision schedule(SchedulingPod pod, long now) {
    if (pod.deleting()) {
      return new Decision.Failed("skip schedule deleting pod: " + pod.key());
    }
    if (nodes.count() == 0) {
      return new Decision.Failed("no nodes available to schedule pods");
    }
    Plan plan = cluster.plans.plan(pod.spec());
    Filters ready = prepare(plan, pod);
    if (plan.narrowing.failed()) {
      return unschedulable(plan, ready, pod, now);
    }
    int nominated = feasibleNomination(ready, pod);
    if (nominated >= 0) {
      return new Decision.Placed(nodes.node(nominated).name(), 1, 0);
    }
    scores.prepare(plan);
    if (plan.narrowing.names() == null && ready.localOnly() && scores.localOnly(plan)) {
      Decision.Placed placed =
          options.sampled() && nodes.count() >= SEARCH_ALL_BELOW
              ? sampledLocal(plan)
              : bestLocal(plan);
      if (placed != null) {
        return placed;
      }
    }
    search(plan, ready);
    return switch (feasibleCount) {
      case 0 -> unschedulable(plan, ready, pod, now);
      case 1 -> new Decision.Placed(nodes.node(feasible[0]).name(), 1, 0);
      default -> best(plan);
    };
  }

  private Filters prepare(Plan plan, SchedulingPod pod) {
    Filters ready = filters;
    if (ready == null) {
      ready = new Filters(cluster, plan, pod);
      filters = ready;
    }
    ready.prepare(plan, pod);
    diagnosis.clear();
    feasibleCount = 0;
    if (feasible.length < nodes.slotEnd()) {
      feasible = new int[nodes.slotEnd()];
    }
    return ready;
  }

  /** Slot of the pod's own nominated node if it fits there (K-017), else -1. */
  private int feasibleNomination(Filters ready, SchedulingPod pod) {
    String node = nomination(pod);
    int slot = node.isEmpty() ? -1 : nodes.slot(node);
    return slot >= 0 && ready.status(slot) == Statuses.OK ? slot : -1;
  }

  private String nomination(SchedulingPod pod) {
    return pod.nominatedNode().isEmpty()
        ? cluster.nominations.node(pod.uid())
        : pod.nominatedNode();
  }

  /** The best node by local answers alone; null if no node is feasible. */
  private Decision.@Nullable Placed bestLocal(Plan plan) {
    int[] score = plan.local.score;
    int best = -1;
    int fits = 0;
    int ties = 0;
    int winner = -1;
    for (int slot : nodes.order()) {
      int value = score[slot];
      fits += value >= 0 ? 1 : 0;
      if (value > best) {
        best = value;
        winner = slot;
        ties = 1;
      } else if (value == best && value >= 0) {
        ties++;
      }
    }
    if (winner < 0) {
      return null;
    }
    if (options.seeded() && ties > 1) {
      winner = tie(score, best, draw(ties));
    }
    return placed(winner, fits, best);
  }

  private Decision.Placed placed(int slot, int fits, long local) {
    return new Decision.Placed(
        nodes.node(slot).name(), fits, fits == 1 ? 0 : local + Scores.sameForAll());
  }

  private int tie(int[] score, int best, int number) {
    int left = number;
    for (int slot : nodes.order()) {
      if (score[slot] == best && left-- == 0) {
        return slot;
      }
    }
    throw new IllegalStateException("fewer ties than counted");
  }

  /** The same over the part of the nodes a sampling search looks at (K-005). */
  private Decision.@Nullable Placed sampledLocal(Plan plan) {
    int[] order = zoneOrder.slots();
    int wanted = wanted(order.length);
    int[] score = plan.local.score;
    int at = searchStart % order.length;
    int best = -1;
    int winner = -1;
    int ties = 0;
    int fits = 0;
    int looked = 0;
    for (; looked < order.length && fits < wanted; looked++) {
      int value = score[order[at]];
      if (value >= 0) {
        feasible[fits++] = order[at];
      }
      if (value > best) {
        best = value;
        winner = order[at];
        ties = 1;
      } else if (value == best && value >= 0) {
        ties++;
      }
      at = at + 1 == order.length ? 0 : at + 1;
    }
    if (winner < 0) {
      return null;
    }
    searchStart = (searchStart + looked) % order.length;
    if (options.seeded() && ties > 1) {
      int left = draw(ties);
      for (int i = 0; i < fits; i++) {
        if (score[feasible[i]] == best && left-- == 0) {
          winner = feasible[i];
          break;
        }
      }
    }
    return placed(winner, fits, best);
  }

  /** Number of feasible nodes after which the search may stop (K-005). */
  private int wanted(int nodeCount) {
    if (!options.sampled() || nodeCount < SEARCH_ALL_BELOW) {
      return nodeCount;
    }
    int percent = Math.max(PERCENT_MIN, PERCENT_START - nodeCount / NODES_PER_PERCENT);
    return Math.max(SEARCH_ALL_BELOW, nodeCount * percent / 100);
  }

  /** Finds the feasible nodes and why the others are not. */
  private void search(Plan plan, Filters ready) {
    int[] order = options.sampled() ? zoneOrder.slots() : nodes.order();
    Set<String> names = plan.narrowing.names();
    if (names != null) {
      order = narrowed(order, names);
    }
    int wanted = wanted(order.length);
    int start = options.sampled() && order.length > 0 ? searchStart % order.length : 0;
    int looked = 0;
    for (; looked < order.length && feasibleCount < wanted; looked++) {
      int at = start + looked;
      int slot = order[at < order.length ? at : at - order.length];
      int status = ready.status(slot);
      if (status == Statuses.OK) {
        feasible[feasibleCount++] = slot;
      } else {
        diagnosis.reject(slot, status);
      }
    }
    searchStart = order.length == 0 ? 0 : (start + looked) % order.length;
  }

  private int[] narrowed(int[] order, Set<String> names) {
    return Arrays.stream(order).filter(slot -> names.contains(nodes.node(slot).name())).toArray();
  }

  private Decision best(Plan plan) {
    if (plan.statics.brokenPreference()) {
      return new Decision.Failed("a preferred node affinity term cannot be parsed");
    }
    long[] totals = scores.totals(plan, feasible, feasibleCount);
    long best = Long.MIN_VALUE;
    int ties = 0;
    int winner = 0;
    for (int i = 0; i < feasibleCount; i++) {
      if (totals[i] > best) {
        best = totals[i];
        winner = i;
        ties = 1;
      } else if (totals[i] == best) {
        ties++;
      }
    }
    if (options.seeded() && ties > 1) {
      int left = draw(ties);
      for (int i = 0; i < feasibleCount; i++) {
        if (totals[i] == best && left-- == 0) {
          winner = i;
          break;
        }
      }
    }
    return new Decision.Placed(nodes.node(feasible[winner]).name(), feasibleCount, best);
  }

  /** A number below the bound from the seed and how many were drawn before (SplitMix64). */
  private int draw(int bound) {
    long mixed = options.seed() + ++draws * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), bound);
  }

  private Decision unschedulable(Plan plan, Filters ready, SchedulingPod pod, long now) {
    Set<Plugin> plugins = diagnosis.plugins(plan.narrowing.plugins());
    Plugin failed = plan.narrowing.failedPlugin();
    if (failed != null) {
      plugins.add(failed);
    }
    String message = message(plan);
    PreemptionResult result = preempt(plan, ready, pod, now);
    if (result instanceof PreemptionResult.None none) {
      message += " " + NO_CLAIMS + ", preemption: " + none.reason();
    }
    return new Decision.Unschedulable(message, plugins, result);
  }

  private String message(Plan plan) {
    return plan.narrowing.failed()
        ? "0/" + nodes.count() + " nodes are available: " + plan.narrowing.failure() + "."
        : diagnosis.message(plan.local.scalarNames, plan.narrowing.absentReason());
  }

  private PreemptionResult preempt(Plan plan, Filters ready, SchedulingPod pod, long now) {
    Preemption preemption = new Preemption(cluster, ready, pod, now);
    String ineligible = preemption.ineligible(nomination(pod), isHopeless(nomination(pod)));
    if (!ineligible.isEmpty()) {
      return new PreemptionResult.None(ineligible, false);
    }
    int[] helpful = helpful();
    int offset = options.seeded() && helpful.length > 1 ? draw(helpful.length) : 0;
    preemption.tryNodes(helpful, offset);
    var best = preemption.best();
    if (best.isEmpty()) {
      return new PreemptionResult.None(preemption.message(plan.local.scalarNames), true);
    }
    int choice = options.seeded() && best.size() > 1 ? draw(best.size()) : 0;
    return preemption.nominate(best.get(choice));
  }

  /** Nodes whose status preemption may change (K-087). */
  private int[] helpful() {
    int[] slots = new int[diagnosis.size()];
    int size = 0;
    for (int i = 0; i < diagnosis.size(); i++) {
      if (!Statuses.unresolvable(diagnosis.status(i))) {
        slots[size++] = diagnosis.slot(i);
      }
    }
    return Arrays.copyOf(slots, size);
  }

  /** Whether preemption cannot help on that node in this cycle. */
  private boolean isHopeless(String node) {
    int slot = nodes.slot(node);
    for (int i = 0; i < diagnosis.size(); i++) {
      if (diagnosis.slot(i) == slot) {
        return Statuses.unresolvable(diagnosis.status(i));
      }
    }
    return true;
  }

  /** The same attempt with everything the steps answered, to be shown; slow. */
  public CycleReport explain(SchedulingPod pod, long now) {
    Plan plan = cluster.plans.plan(pod.spec());
    Filters ready = prepare(plan, pod);
    var report = new CycleReport.Builder(cluster, plan, ready);
    if (plan.narrowing.failed()) {
      report.message(message(plan));
    } else {
      explainSearch(pod, plan, ready, report);
    }
    if (feasibleCount == 0) {
      Preemption preemption = new Preemption(cluster, ready, pod, now);
      String ineligible = preemption.ineligible(nomination(pod), isHopeless(nomination(pod)));
      int[] helpful = helpful();
      if (ineligible.isEmpty()) {
        preemption.tryNodes(helpful, 0);
      }
      report.preemption(preemption, ineligible, helpful);
    }
    return report.build();
  }

  private void explainSearch(
      SchedulingPod pod, Plan plan, Filters ready, CycleReport.Builder report) {
    int nominated = feasibleNomination(ready, pod);
    if (nominated >= 0) {
      feasible[feasibleCount++] = nominated;
      report.nominatedOnly();
    } else {
      search(plan, ready);
    }
    report.searched(diagnosis, feasible, feasibleCount);
    if (feasibleCount == 0) {
      report.message(message(plan));
    } else if (feasibleCount > 1 && plan.statics.brokenPreference()) {
      report.failed();
    } else if (feasibleCount > 1) {
      scores.prepare(plan);
      report.scored(scores, scores.totals(plan, feasible, feasibleCount), feasible, feasibleCount);
    }
  }
}
