package dev.slipway.engine.runtime;

import dev.slipway.engine.api.ProbeType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the pods and containers that fit behave; what a rule does not set stays as earlier rules say.
 *
 * @param values fields set, see {@link BehaviorField}
 * @param runs one process life after the other, the last one repeats; empty: not set
 * @param probes outcomes over time, by type
 */
public record BehaviorRule(
    BehaviorMatch match,
    Map<BehaviorField, Distribution> values,
    List<RunBehavior> runs,
    Map<ProbeType, List<ProbeBehavior>> probes) {
  /** One life of the process; what is null is as the fields run, exit and oom say. */
  public record RunBehavior(
      @Nullable Distribution run, @Nullable Distribution exit, @Nullable Distribution oom) {}

  /** From that time after the container's start on, a probe takes so long and answers so. */
  public record ProbeBehavior(Distribution from, Distribution ok, Distribution took) {}

  public BehaviorRule {
    values = Map.copyOf(values);
    runs = List.copyOf(runs);
    probes = Map.copyOf(probes);
  }

  /** A rule that sets single fields only. */
  public static BehaviorRule of(BehaviorMatch match, Map<BehaviorField, Distribution> values) {
    return new BehaviorRule(match, values, List.of(), Map.of());
  }

  /** This rule with another one's settings over its own. */
  BehaviorRule under(BehaviorRule over) {
    Map<BehaviorField, Distribution> merged = new EnumMap<>(BehaviorField.class);
    merged.putAll(values);
    merged.putAll(over.values);
    Map<ProbeType, List<ProbeBehavior>> mergedProbes = new EnumMap<>(ProbeType.class);
    mergedProbes.putAll(probes);
    mergedProbes.putAll(over.probes);
    return new BehaviorRule(
        match, merged, over.runs.isEmpty() && !over.setsRun() ? runs : over.runs, mergedProbes);
  }

  private boolean setsRun() {
    return values.containsKey(BehaviorField.RUN)
        || values.containsKey(BehaviorField.EXIT)
        || values.containsKey(BehaviorField.OOM);
  }
}
