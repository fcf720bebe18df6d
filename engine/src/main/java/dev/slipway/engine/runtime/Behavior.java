package dev.slipway.engine.runtime;

import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.runtime.BehaviorRule.ProbeBehavior;
import dev.slipway.engine.runtime.BehaviorRule.RunBehavior;
import dev.slipway.engine.runtime.ContainerScript.HookScript;
import dev.slipway.engine.runtime.ContainerScript.ProbeScript;
import dev.slipway.engine.runtime.ContainerScript.Run;
import dev.slipway.engine.state.PodShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a modelled runtime does, as rules; later ones override earlier ones field by field. Every
 * number is drawn from the seed, the pod's namespace and name, the container's name and the field:
 * a pod behaves the same in whatever company and order, and one rule more changes nothing else.
 */
public record Behavior(List<BehaviorRule> rules) {
  private static final int OOM_EXIT = 137;
  private static final String OOM_REASON = "OOMKilled";
  private static final Distribution NOW = Distribution.fixed(0);
  private static final Distribution YES = Distribution.fixed(1);

  /** What holds where no rule says otherwise. */
  public static final Behavior DEFAULT =
      new Behavior(
          List.of(
              BehaviorRule.of(
                  BehaviorMatch.ALL,
                  Map.ofEntries(
                      Map.entry(BehaviorField.SANDBOX, millis(500)),
                      Map.entry(BehaviorField.SANDBOX_STOP, millis(100)),
                      Map.entry(
                          BehaviorField.PULL,
                          new Distribution.Uniform(1.0 * Times.SECOND, 3.0 * Times.SECOND)),
                      Map.entry(BehaviorField.CREATE, millis(100)),
                      Map.entry(BehaviorField.START, millis(200)),
                      Map.entry(BehaviorField.RUN, Distribution.fixed(Distribution.FOREVER)),
                      Map.entry(BehaviorField.STOP, millis(500)),
                      Map.entry(BehaviorField.STOP_EXIT, Distribution.fixed(143)),
                      Map.entry(BehaviorField.POST_START, millis(500)),
                      Map.entry(BehaviorField.PRE_STOP, millis(500)))),
              BehaviorRule.of(
                  BehaviorMatch.role(ContainerRole.REGULAR_INIT),
                  Map.of(BehaviorField.RUN, millis(1000))),
              BehaviorRule.of(
                  BehaviorMatch.role(ContainerRole.APP),
                  Map.of(BehaviorField.STOP_EXIT, Distribution.fixed(0))),
              BehaviorRule.of(
                  new BehaviorMatch(null, Map.of(), "*Job", null, null, ContainerRole.APP),
                  Map.of(BehaviorField.RUN, millis(10_000)))));

  public Behavior {
    rules = List.copyOf(rules);
  }

  private static Distribution millis(long millis) {
    return Distribution.fixed(millis * (double) Times.MILLI);
  }

  /** These rules with others after them. */
  public Behavior with(List<BehaviorRule> more) {
    List<BehaviorRule> all = new ArrayList<>(rules);
    all.addAll(more);
    return new Behavior(all);
  }

  /** Draws how one pod behaves. */
  public PodScript draw(ObjectMeta pod, PodShape shape, long seed) {
    long podSeed = SplitMix64.derive(seed, pod.key());
    List<BehaviorRule> fitting = rules.stream().filter(rule -> rule.match().fits(pod)).toList();
    List<ContainerScript> containers = new ArrayList<>();
    for (int c = 0; c < shape.count; c++) {
      ContainerSpec spec = shape.container(c);
      BehaviorRule rule = effective(fitting, spec, shape.role(c));
      containers.add(
          new Draw(SplitMix64.derive(podSeed, "container " + spec.name()), rule).script(spec));
    }
    Draw draw = new Draw(podSeed, effective(fitting));
    return new PodScript(
        new SandboxScript(
            draw.nanos(BehaviorField.SANDBOX),
            draw.nanos(BehaviorField.SANDBOX_STOP),
            draw.whole(BehaviorField.SANDBOX_FAILS)),
        containers,
        draw.set(BehaviorField.DELETE_AFTER) ? draw.nanos(BehaviorField.DELETE_AFTER) : -1,
        draw.set(BehaviorField.EVICT_AFTER) ? draw.nanos(BehaviorField.EVICT_AFTER) : -1);
  }

  private static BehaviorRule effective(
      List<BehaviorRule> rules, ContainerSpec spec, ContainerRole role) {
    return merge(rules.stream().filter(rule -> rule.match().fits(spec, role)).toList());
  }

  private static BehaviorRule effective(List<BehaviorRule> rules) {
    return merge(rules.stream().filter(rule -> !rule.match().namesContainers()).toList());
  }

  private static BehaviorRule merge(List<BehaviorRule> rules) {
    BehaviorRule merged = BehaviorRule.of(BehaviorMatch.ALL, Map.of());
    for (BehaviorRule rule : rules) {
      merged = merged.under(rule);
    }
    return merged;
  }

  /** The draws of one container or of the pod itself. */
  private record Draw(long seed, BehaviorRule rule) {
    boolean set(BehaviorField field) {
      return rule.values().containsKey(field);
    }

    private double number(@Nullable Distribution from, String name) {
      return from == null ? 0 : from.draw(new SplitMix64(SplitMix64.derive(seed, name)));
    }

    /** Whole milliseconds in nanoseconds; -1: without end. */
    private long nanos(@Nullable Distribution from, String name) {
      double nanos = number(from, name);
      return nanos < 0 ? -1 : Math.round(nanos / Times.MILLI) * Times.MILLI;
    }

    long nanos(BehaviorField field) {
      return nanos(rule.values().get(field), field.key());
    }

    int whole(BehaviorField field) {
      return (int) Math.round(number(rule.values().get(field), field.key()));
    }

    private boolean yes(BehaviorField field) {
      return number(rule.values().getOrDefault(field, YES), field.key()) > 0.5;
    }

    ContainerScript script(ContainerSpec spec) {
      return new ContainerScript(
          nanos(BehaviorField.PULL),
          whole(BehaviorField.PULL_FAILS),
          nanos(BehaviorField.CREATE),
          nanos(BehaviorField.START),
          whole(BehaviorField.START_ERRORS),
          runs(),
          nanos(BehaviorField.STOP),
          whole(BehaviorField.STOP_EXIT),
          spec.postStart() == null
              ? null
              : new HookScript(nanos(BehaviorField.POST_START), yes(BehaviorField.POST_START_OK)),
          spec.preStop() == null
              ? null
              : new HookScript(nanos(BehaviorField.PRE_STOP), yes(BehaviorField.PRE_STOP_OK)),
          probes(ProbeType.STARTUP),
          probes(ProbeType.LIVENESS),
          probes(ProbeType.READINESS));
    }

    private List<Run> runs() {
      List<RunBehavior> lives =
          rule.runs().isEmpty() ? List.of(new RunBehavior(null, null, null)) : rule.runs();
      List<Run> runs = new ArrayList<>();
      for (int k = 0; k < lives.size(); k++) {
        runs.add(run(lives.get(k), " " + k));
      }
      return runs;
    }

    private Run run(RunBehavior life, String suffix) {
      long duration = nanos(or(life.run(), BehaviorField.RUN), "run" + suffix);
      if (number(or(life.oom(), BehaviorField.OOM), "oom" + suffix) > 0.5) {
        return new Run(duration, OOM_EXIT, OOM_REASON);
      }
      double exit = number(or(life.exit(), BehaviorField.EXIT), "exit" + suffix);
      return new Run(duration, (int) Math.round(exit), "");
    }

    private @Nullable Distribution or(@Nullable Distribution own, BehaviorField field) {
      return own == null ? rule.values().get(field) : own;
    }

    private List<ProbeScript> probes(ProbeType type) {
      List<ProbeBehavior> phases = rule.probes().getOrDefault(type, List.of());
      List<ProbeScript> scripts = new ArrayList<>();
      for (int k = 0; k < phases.size(); k++) {
        ProbeBehavior phase = phases.get(k);
        String name = type.text() + " " + k + " ";
        scripts.add(
            new ProbeScript(
                nanos(phase.from(), name + "from"),
                number(phase.ok(), name + "ok") > 0.5,
                nanos(phase.took(), name + "took")));
      }
      scripts.sort(Comparator.comparingLong(ProbeScript::from));
      return scripts;
    }
  }

  /** A probe phase from the start on, answered at once. */
  public static ProbeBehavior probe(Distribution from, boolean ok) {
    return new ProbeBehavior(from, ok ? YES : NOW, NOW);
  }
}
