package dev.slipway.ops.replay;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Gates;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.profile.Release;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ingest.trace.Trace;
import dev.slipway.ingest.trace.TraceNode;
import dev.slipway.ingest.trace.TracePod;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is otherwise in a variant, read from a file; docs/what-if.md describes it.
 *
 * @param kubernetes release of the nodes, null: as in the base
 * @param gates over the release's, as text
 * @param faster so many times faster do pods arrive; they stay as long as they did
 * @param nodes what is otherwise about nodes
 * @param pods changes in their order, each sees what the ones before it left
 */
public record WhatIf(
    String name,
    String summary,
    @Nullable Release kubernetes,
    String gates,
    double faster,
    NodeChange nodes,
    List<PodChange> pods) {

  /**
   * What is otherwise about nodes.
   *
   * @param count so many of those there are stay or are there, copies of the first ones if more;
   *     negative: all
   * @param percent so many percent of those there are, if count is negative; 100: all
   * @param allocatable amounts in place of what nodes have
   * @param drains by name pattern, when; the first fits
   */
  record NodeChange(
      int count,
      double percent,
      @Nullable ResourceList allocatable,
      List<TraceNode> added,
      List<DrainRule> drains) {
    static final NodeChange NONE = new NodeChange(-1, 100, null, List.of(), List.of());

    /**
     * Nodes of that name pattern are drained then.
     *
     * @param count at most so many of them
     * @param every so long from one to the next, nanoseconds
     */
    record DrainRule(String pattern, long at, int count, long every) {}
  }

  public WhatIf {
    pods = List.copyOf(pods);
  }

  /** Reads a file; empty and a problem for each mistake where it has any. */
  public static Optional<WhatIf> read(String file, String text, List<Problem> problems) {
    int before = problems.size();
    WhatIf read = new WhatIfReader(file, problems).read(text);
    return problems.size() > before ? Optional.empty() : Optional.of(read);
  }

  /** The variant it makes of a base. */
  Scenario scenario(Replay.Request request, long start, long end, List<Problem> problems) {
    Trace trace = request.trace();
    List<TraceNode> changed = nodes(trace.nodes());
    var variant =
        new Trace(
            pods(trace.pods()),
            changed,
            trace.quotas(),
            trace.limitRanges(),
            trace.until(),
            trace.origin(),
            trace.passedOver(),
            List.of());
    var made = new Scenarios(request.behavior(), request.seed());
    Scenario scenario =
        made.of(
            name,
            summary,
            variant,
            drains(changed),
            profile(request.profile()),
            start,
            end,
            request.recorded());
    problems.addAll(made.problems());
    return scenario;
  }

  private Profile profile(Profile base) {
    Release release = kubernetes == null ? base.release() : kubernetes;
    if (kubernetes == null && gates.isEmpty()) {
      return base;
    }
    return Profile.of(Gates.parse(release, gates));
  }

  // Pods.

  private List<TracePod> pods(List<TracePod> before) {
    Map<PodSpec, Map<BitSet, PodSpec>> done = new IdentityHashMap<>();
    List<TracePod> after = new ArrayList<>();
    for (TracePod pod : before) {
      BitSet fitting = new BitSet();
      for (int k = 0; k < pods.size(); k++) {
        fitting.set(k, pods.get(k).fits(pod.pod().metadata()));
      }
      PodSpec spec =
          done.computeIfAbsent(pod.pod().spec(), _ -> new HashMap<>())
              .computeIfAbsent(fitting, which -> apply(pod.pod().spec(), which));
      after.add(faster(pod.with(new Pod(pod.pod().metadata(), spec, pod.pod().status()))));
    }
    return after;
  }

  private PodSpec apply(PodSpec spec, BitSet which) {
    PodSpec changed = spec;
    for (int k = which.nextSetBit(0); k >= 0; k = which.nextSetBit(k + 1)) {
      changed = pods.get(k).apply(changed);
    }
    return changed.containers().isEmpty() ? spec : changed;
  }

  private TracePod faster(TracePod pod) {
    if (faster == 1) {
      return pod;
    }
    long arrival = (long) (pod.arrival() / faster);
    long deletion =
        pod.deletion() == Times.NONE ? Times.NONE : arrival + (pod.deletion() - pod.arrival());
    return new TracePod(
        pod.pod(), pod.object(), arrival, deletion, pod.node(), pod.runs(), pod.usage());
  }

  // Nodes.

  private List<TraceNode> nodes(List<TraceNode> before) {
    int wanted =
        nodes.count() >= 0
            ? nodes.count()
            : (int) Math.round(before.size() * nodes.percent() / 100);
    List<TraceNode> after = new ArrayList<>();
    for (int k = 0; k < wanted && !before.isEmpty(); k++) {
      after.add(k < before.size() ? spread(before, k, wanted) : copy(before, k));
    }
    after.addAll(nodes.added());
    ResourceList shape = nodes.allocatable();
    return shape == null ? after : after.stream().map(node -> shaped(node, shape)).toList();
  }

  /** Of fewer nodes every n-th one, so that each kind keeps its share. */
  private static TraceNode spread(List<TraceNode> before, int k, int wanted) {
    return wanted >= before.size()
        ? before.get(k)
        : before.get((int) ((long) k * before.size() / wanted));
  }

  private static TraceNode copy(List<TraceNode> before, int k) {
    TraceNode node = before.get(k % before.size());
    String name = node.name() + "-copy-" + k / before.size();
    Map<String, String> labels = new HashMap<>(node.labels());
    labels.computeIfPresent("kubernetes.io/hostname", (_, _) -> name);
    return new TraceNode(name, labels, node.allocatable(), node.unschedulable(), node.object());
  }

  private static TraceNode shaped(TraceNode node, ResourceList shape) {
    ResourceList amounts = node.allocatable();
    for (int k = 0; k < shape.size(); k++) {
      amounts = amounts.with(shape.name(k), shape.amount(k));
    }
    return new TraceNode(node.name(), node.labels(), amounts, node.unschedulable(), node.object());
  }

  private List<Scenario.Drain> drains(List<TraceNode> all) {
    List<Scenario.Drain> drains = new ArrayList<>();
    for (NodeChange.DrainRule rule : nodes.drains()) {
      var pattern = java.util.regex.Pattern.compile(regex(rule.pattern()));
      int count = 0;
      for (TraceNode node : all) {
        if (count < rule.count() && pattern.matcher(node.name()).matches()) {
          drains.add(new Scenario.Drain(node.name(), rule.at() + count * rule.every()));
          count++;
        }
      }
    }
    return drains;
  }

  /** A pattern with * and ? as a regular expression. */
  private static String regex(String pattern) {
    var regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      regex.append(
          c == '*' ? ".*" : c == '?' ? "." : java.util.regex.Pattern.quote(String.valueOf(c)));
    }
    return regex.toString();
  }
}
