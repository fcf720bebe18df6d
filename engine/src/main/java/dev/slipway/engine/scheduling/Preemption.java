package dev.slipway.engine.scheduling;

import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whom to delete so that a pod fits somewhere (section 8; sources: {@code framework/preemption},
 * {@code plugins/defaultpreemption}, 1.37). Decides only.
 */
final class Preemption {
  static final String NO_VICTIMS = "No preemption victims found for incoming pod";
  static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";
  private static final String NEVER = "not eligible due to preemptionPolicy=Never.";
  private static final String WAITING =
      "not eligible due to a terminating pod on the nominated node.";
  private static final int CANDIDATES_MIN_PERCENT = 10;
  private static final int CANDIDATES_MIN = 100;
  private static final long PRIORITY_OFFSET = 1L << 31;

  private final Cluster cluster;
  private final NodeTable nodes;
  private final Filters filters;
  private final SchedulingPod pod;
  private final long now;
  private final List<PodDisruptionBudget> budgets;
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  /** Nodes not looked at because no pod of the cluster has a lower priority. */
  private int[] withoutVictims = new int[0];

  /** A node with those to be deleted, most important first. */
  record Candidate(int slot, List<SchedulingPod> victims, int violations) {}

  /** A node on which deleting does not help; status {@link Statuses#OK} if nobody can go. */
  record Rejection(int slot, int status, String text) {}

  private record Victims(List<PlacedPod> violating, List<PlacedPod> others) {}

  Preemption(Cluster cluster, Filters filters, SchedulingPod pod, long now) {
    this.cluster = cluster;
    this.nodes = cluster.nodes;
    this.filters = filters;
    this.pod = pod;
    this.now = now;
    this.budgets = cluster.budgets();
  }

  /**
   * Why the pod may not preempt at all, empty if it may (K-086).
   *
   * @param hopeless the pod's nominated node cannot be helped by preemption in this cycle
   */
  String ineligible(String nominatedNode, boolean hopeless) {
    if (pod.spec().neverPreempts()) {
      return NEVER;
    }
    int slot = nodes.slot(nominatedNode);
    if (slot < 0 || hopeless) {
      return "";
    }
    PodTable there = nodes.pods[slot];
    for (int i = 0; i < there.size(); i++) {
      SchedulingPod other = there.get(i).pod;
      if (other.priority() < pod.priority() && other.deleting() && other.preempted()) {
        return WAITING;
      }
    }
    return "";
  }

  /**
   * Tries nodes until there are enough candidates (K-088).
   *
   * @param slots nodes whose status preemption may change
   * @param offset where to begin
   */
  void tryNodes(int[] slots, int offset) {
    if (!cluster.hasLower(pod.priority())) {
      withoutVictims = slots;
      return;
    }
    int wanted =
        Math.min(
            Math.max(slots.length * CANDIDATES_MIN_PERCENT / 100, CANDIDATES_MIN), slots.length);
    boolean clean = false;
    for (int i = 0; i < slots.length && !(clean && candidates.size() >= wanted); i++) {
      int slot = slots[(offset + i) % slots.length];
      Candidate candidate = tryNode(slot);
      if (candidate != null) {
        candidates.add(candidate);
        clean |= candidate.violations() == 0;
      }
    }
  }

  private @Nullable Candidate tryNode(int slot) {
    List<PlacedPod> possible = lower(slot);
    if (possible.isEmpty()) {
      rejections.add(new Rejection(slot, Statuses.OK, NO_VICTIMS));
      return null;
    }
    NodeView view = filters.view(slot);
    possible.forEach(victim -> view.change(victim.template, -1, filters));
    int status = filters.statusWithNominated(view);
    if (status != Statuses.OK) {
      rejections.add(new Rejection(slot, status, ""));
      return null;
    }
    possible.sort(Comparator.comparing(placed -> placed.pod, importance()));
    Victims split = split(possible);
    List<SchedulingPod> victims = new ArrayList<>();
    reprieve(view, split.violating(), victims);
    int violations = victims.size();
    reprieve(view, split.others(), victims);
    if (victims.isEmpty()) {
      String name = nodes.node(slot).name();
      String text = "expected at least one victim pod on node \"" + name + "\"";
      rejections.add(new Rejection(slot, Statuses.OK, text));
      return null;
    }
    victims.sort(importance());
    return new Candidate(slot, victims, violations);
  }

  private List<PlacedPod> lower(int slot) {
    var lower = new ArrayList<PlacedPod>();
    PodTable there = nodes.pods[slot];
    for (int i = 0; i < there.size(); i++) {
      if (there.get(i).pod.priority() < pod.priority()) {
        lower.add(there.get(i));
      }
    }
    return lower;
  }

  /** Most important first: higher priority, then earlier start (K-091). */
  private Comparator<SchedulingPod> importance() {
    return Comparator.<SchedulingPod>comparingInt(SchedulingPod::priority)
        .reversed()
        .thenComparingLong(this::startTime);
  }

  private long startTime(SchedulingPod victim) {
    return victim.startTime() == Times.NONE ? now : victim.startTime();
  }

  /** Those whose deletion would break a budget, and the others (K-092). */
  private Victims split(List<PlacedPod> possible) {
    int[] allowed = new int[budgets.size()];
    for (int i = 0; i < allowed.length; i++) {
      allowed[i] = budgets.get(i).disruptionsAllowed();
    }
    var victims = new Victims(new ArrayList<>(), new ArrayList<>());
    for (PlacedPod placed : possible) {
      boolean violates = violates(placed.pod, allowed);
      (violates ? victims.violating() : victims.others()).add(placed);
    }
    return victims;
  }

  private boolean violates(SchedulingPod victim, int[] allowed) {
    if (victim.spec().labels().isEmpty()) {
      return false;
    }
    for (int i = 0; i < allowed.length; i++) {
      PodDisruptionBudget budget = budgets.get(i);
      if (!budget.covers(victim.namespace(), victim.spec().labels())
          || budget.disruptedPods().contains(victim.name())) {
        continue;
      }
      allowed[i]--;
      if (allowed[i] < 0) {
        return true;
      }
    }
    return false;
  }

  /** Puts pods back as long as the incoming one still fits (K-093). */
  private void reprieve(NodeView view, List<PlacedPod> pods, List<SchedulingPod> victims) {
    for (PlacedPod placed : pods) {
      view.change(placed.template, 1, filters);
      if (filters.statusWithNominated(view) != Statuses.OK) {
        view.change(placed.template, -1, filters);
        victims.add(placed.pod);
      }
    }
  }

  List<Candidate> candidates() {
    return candidates;
  }

  List<Rejection> rejections() {
    List<Rejection> all = new ArrayList<>(rejections);
    for (int slot : withoutVictims) {
      all.add(new Rejection(slot, Statuses.OK, NO_VICTIMS));
    }
    return all;
  }

  /** The best candidates, all of one tie (K-095). */
  List<Candidate> best() {
    List<Candidate> left = keepLowest(candidates, Candidate::violations);
    left = keepLowest(left, candidate -> candidate.victims().get(0).priority());
    left = keepLowest(left, Preemption::sumOfPriorities);
    left = keepLowest(left, candidate -> candidate.victims().size());
    return keepLowest(left, candidate -> -earliestStart(candidate));
  }

  private static List<Candidate> keepLowest(
      List<Candidate> candidates, ToLongFunction<Candidate> measure) {
    long lowest = candidates.stream().mapToLong(measure).min().orElse(0);
    return candidates.stream()
        .filter(candidate -> measure.applyAsLong(candidate) == lowest)
        .toList();
  }

  private static long sumOfPriorities(Candidate candidate) {
    return candidate.victims().stream()
        .mapToLong(victim -> victim.priority() + PRIORITY_OFFSET)
        .sum();
  }

  /** Earliest start among the victims of highest priority. */
  private long earliestStart(Candidate candidate) {
    int highest = candidate.victims().get(0).priority();
    return candidate.victims().stream()
        .filter(victim -> victim.priority() == highest)
        .mapToLong(this::startTime)
        .min()
        .orElse(now);
  }

  /** What is to be done for a candidate (K-098). */
  PreemptionResult.Nominated nominate(Candidate candidate) {
    String node = nodes.node(candidate.slot()).name();
    List<SchedulingPod> lower =
        cluster.nominations.on(node).stream()
            .filter(other -> other.priority() < pod.priority())
            .toList();
    return new PreemptionResult.Nominated(node, candidate.victims(), lower);
  }

  /** Reasons over all nodes when there is no candidate (K-099). */
  String message(String[] scalarNames) {
    Map<String, Integer> reasons = new TreeMap<>();
    for (Rejection rejection : rejections) {
      List<String> texts =
          rejection.status() == Statuses.OK
              ? List.of(rejection.text())
              : Statuses.reasons(rejection.status(), scalarNames);
      texts.forEach(text -> reasons.merge(text, 1, Integer::sum));
    }
    int tried = rejections.size() + withoutVictims.length;
    if (withoutVictims.length > 0) {
      reasons.merge(NO_VICTIMS, withoutVictims.length, Integer::sum);
    }
    if (tried < nodes.count()) {
      reasons.merge(NOT_HELPFUL, nodes.count() - tried, Integer::sum);
    }
    return Diagnosis.message(nodes.count(), reasons);
  }
}
