package dev.slipway.ops.replay;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.LimitRange;
import dev.slipway.engine.resources.LimitRanges;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceNames;
import dev.slipway.engine.resources.Resources;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.engine.runtime.BehaviorAnnotations;
import dev.slipway.engine.runtime.BehaviorRule;
import dev.slipway.engine.state.PodShape;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ingest.trace.Trace;
import dev.slipway.ingest.trace.TraceNode;
import dev.slipway.ingest.trace.TracePod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes a scenario of a trace: admission by LimitRange, shapes and footprints worked out once. */
final class Scenarios {
  /** Stands for whatever node the pod gets: rules only ask whether there is one. */
  private static final String SOME_NODE = "node";

  private final Behavior behavior;
  private final long seed;
  private final Map<PodSpec, PodShape> shapes = new IdentityHashMap<>();
  private final Map<PodSpec, PodShape> equalShapes = new HashMap<>();
  private final Map<PodShape, Footprint> footprints = new IdentityHashMap<>();
  private final Map<Map<String, String>, Behavior> annotated = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  Scenarios(Behavior behavior, long seed) {
    this.behavior = behavior;
    this.seed = seed;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /**
   * The scenario of a trace.
   *
   * @param end nanoseconds; the run ends there
   */
  Scenario of(
      String name,
      String summary,
      Trace trace,
      List<Scenario.Drain> drains,
      Profile profile,
      long start,
      long end,
      boolean recorded) {
    List<String> resources = resources(trace);
    List<PodInput> pods = new ArrayList<>();
    for (TracePod pod : trace.pods()) {
      boolean gone = pod.arrival() < start && endedBefore(pod, start);
      if (pod.arrival() <= end && !gone) {
        pods.add(input(pod, trace.limitRanges(), resources));
      }
    }
    return new Scenario(
        name,
        summary,
        pods,
        trace.nodes(),
        drains,
        trace.quotas(),
        profile.withoutIdleLoop(),
        resources,
        start,
        end,
        seed,
        recorded);
  }

  /** Deleted by then, or its recorded runs were over. */
  private static boolean endedBefore(TracePod pod, long start) {
    boolean deleted = pod.deletion() != Times.NONE && pod.deletion() <= start;
    long longest = pod.runs().values().stream().mapToLong(TracePod.Run::nanos).max().orElse(-1);
    return deleted || longest >= 0 && pod.arrival() + longest <= start;
  }

  private static List<String> resources(Trace trace) {
    Set<String> others = new TreeSet<>();
    for (TraceNode node : trace.nodes()) {
      others.addAll(node.allocatable().toMap().keySet());
    }
    Set<PodSpec> seen = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    for (TracePod pod : trace.pods()) {
      if (seen.add(pod.pod().spec())) {
        others.addAll(PodResources.of(pod.pod().spec()).overhead().toMap().keySet());
        others.addAll(
            dev.slipway.engine.resources.ResourceFit.request(PodResources.of(pod.pod().spec()))
                .scalars()
                .keySet());
        requested(pod.pod().spec(), others);
      }
    }
    others.removeAll(Set.of(ResourceNames.CPU, ResourceNames.MEMORY, ResourceNames.PODS));
    if (trace.pods().stream().noneMatch(pod -> asks(pod.pod().spec()))) {
      others.remove(ResourceNames.EPHEMERAL_STORAGE);
    }
    others.removeIf(name -> ResourceNames.isHugePages(name) && !isAsked(trace, name));
    List<String> resources = new ArrayList<>(List.of(ResourceNames.CPU, ResourceNames.MEMORY));
    resources.addAll(others);
    return resources;
  }

  private static boolean asks(PodSpec spec) {
    Set<String> names = new TreeSet<>();
    requested(spec, names);
    return names.contains(ResourceNames.EPHEMERAL_STORAGE);
  }

  private static boolean isAsked(Trace trace, String name) {
    Set<String> names = new TreeSet<>();
    trace.pods().forEach(pod -> requested(pod.pod().spec(), names));
    return names.contains(name);
  }

  private static void requested(PodSpec spec, Set<String> names) {
    for (List<ContainerSpec> list : List.of(spec.initContainers(), spec.containers())) {
      list.forEach(container -> names.addAll(container.resources().requests().keySet()));
    }
  }

  private PodInput input(
      TracePod pod, Map<String, List<LimitRange>> limitRanges, List<String> resources) {
    ObjectMeta meta = pod.pod().metadata();
    List<LimitRange> ranges = limitRanges.getOrDefault(meta.namespace(), List.of());
    PodSpec spec = pod.pod().spec();
    String refused = "";
    if (!ranges.isEmpty()) {
      PodResources filled = PodResources.of(spec);
      for (LimitRange range : ranges) {
        filled = LimitRanges.fill(range, filled).pod();
      }
      List<String> violations = new ArrayList<>();
      for (LimitRange range : ranges) {
        violations.addAll(LimitRanges.violations(range, filled));
      }
      refused = String.join(", ", violations);
      spec = with(spec, filled);
    }
    PodShape shape = shape(spec, ranges.isEmpty());
    return new PodInput(
        meta,
        shape,
        footprints.computeIfAbsent(shape, s -> Footprint.of(s, resources)),
        pod,
        pod.object(),
        behavior(pod.pod()),
        seed,
        refused);
  }

  private PodShape shape(PodSpec spec, boolean shared) {
    return shared
        ? shapes.computeIfAbsent(
            spec, s -> equalShapes.computeIfAbsent(s, x -> PodShape.of(bound(x))))
        : equalShapes.computeIfAbsent(spec, x -> PodShape.of(bound(x)));
  }

  private Behavior behavior(Pod pod) {
    boolean own =
        pod.metadata().annotations().keySet().stream()
            .anyMatch(name -> name.startsWith(BehaviorAnnotations.PREFIX));
    if (!own) {
      return behavior;
    }
    return annotated.computeIfAbsent(
        pod.metadata().annotations(),
        _ -> {
          List<BehaviorRule> rules =
              BehaviorAnnotations.read(
                  pod.metadata(),
                  (name, reason) ->
                      problems.add(
                          new Problem(
                              pod.metadata().key(), "metadata.annotations[" + name + "]", reason)));
          return behavior.with(rules);
        });
  }

  private static PodSpec with(PodSpec spec, PodResources resources) {
    return spec.withContainers(
        with(spec.initContainers(), resources.initContainers()),
        with(spec.containers(), resources.containers()),
        spec.ephemeralContainers());
  }

  private static List<ContainerSpec> with(
      List<ContainerSpec> specs, List<ContainerResources> resources) {
    List<ContainerSpec> changed = new ArrayList<>();
    for (int k = 0; k < specs.size(); k++) {
      Resources filled = resources.get(k).resources();
      changed.add(
          specs
              .get(k)
              .withResources(
                  new ResourceRequirements(filled.requests().toMap(), filled.limits().toMap())));
    }
    return changed;
  }

  private static PodSpec bound(PodSpec spec) {
    return new PodSpec(
        spec.restartPolicy(),
        spec.terminationGracePeriodSeconds(),
        spec.activeDeadlineSeconds(),
        spec.hostNetwork(),
        SOME_NODE,
        spec.readinessGates(),
        spec.initContainers(),
        spec.containers(),
        spec.ephemeralContainers(),
        spec.resources(),
        spec.overhead(),
        spec.priority(),
        spec.priorityClassName());
  }
}
