package dev.slipway.ingest.trace;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.LimitRange;
import dev.slipway.engine.resources.ResourceQuota;
import dev.slipway.ingest.manifest.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What files brought.
 *
 * @param pods in order of arrival, then of the files; after {@link #together} the first arrives at
 *     0
 * @param quotas by namespace, with nothing used
 * @param limitRanges by namespace
 * @param until how long the workload is described for, {@link Times#NONE} where nothing says so
 * @param origin what was taken off all times, nanoseconds
 * @param passedOver how many objects of which kinds were not used
 */
public record Trace(
    List<TracePod> pods,
    List<TraceNode> nodes,
    Map<String, List<ResourceQuota>> quotas,
    Map<String, List<LimitRange>> limitRanges,
    long until,
    long origin,
    Map<String, Integer> passedOver,
    List<Problem> problems) {
  public static final Trace EMPTY =
      new Trace(List.of(), List.of(), Map.of(), Map.of(), Times.NONE, 0, Map.of(), List.of());

  public Trace {
    pods = List.copyOf(pods);
    nodes = List.copyOf(nodes);
    passedOver = Map.copyOf(passedOver);
    problems = List.copyOf(problems);
  }

  /** All of them on one clock that starts with the first arrival. */
  public static Trace together(List<Trace> traces) {
    var pods = new ArrayList<TracePod>();
    var nodes = new LinkedHashMap<String, TraceNode>();
    var quotas = new TreeMap<String, List<ResourceQuota>>();
    var ranges = new TreeMap<String, List<LimitRange>>();
    var passedOver = new TreeMap<String, Integer>();
    var problems = new ArrayList<Problem>();
    long until = Times.NONE;
    for (Trace trace : traces) {
      pods.addAll(trace.pods);
      trace.nodes.forEach(node -> nodes.put(node.name(), node));
      trace.quotas.forEach((ns, list) -> merge(quotas, ns, list));
      trace.limitRanges.forEach((ns, list) -> merge(ranges, ns, list));
      trace.passedOver.forEach((kind, count) -> passedOver.merge(kind, count, Integer::sum));
      problems.addAll(trace.problems);
      until = Math.max(until, trace.until);
    }
    boolean described = until != Times.NONE;
    long origin = described ? 0 : pods.stream().mapToLong(TracePod::arrival).min().orElse(0);
    List<TracePod> sorted =
        pods.stream()
            .map(pod -> origin == 0 ? pod : pod.shifted(origin))
            .sorted(Comparator.comparingLong(TracePod::arrival))
            .toList();
    return new Trace(
        sorted, List.copyOf(nodes.values()), quotas, ranges, until, origin, passedOver, problems);
  }

  private static <T> void merge(Map<String, List<T>> into, String key, List<T> more) {
    var all = new ArrayList<>(into.getOrDefault(key, List.of()));
    all.addAll(more);
    into.put(key, List.copyOf(all));
  }
}
