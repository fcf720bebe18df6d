package dev.slipway.tests.simulation;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.RestartRule;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.runtime.ContainerScript;
import dev.slipway.engine.runtime.ContainerScript.HookScript;
import dev.slipway.engine.runtime.ContainerScript.ProbeScript;
import dev.slipway.engine.runtime.ContainerScript.Run;
import dev.slipway.engine.runtime.SandboxScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Draws valid pods and how their containers behave. Whole seconds and odd milliseconds mixed. */
final class RandomPod {
  private static final int INIT_MAX = 4;
  private static final int APPS_MAX = 3;
  static final long GRACE_MAX = 60;
  static final long PROBE_GRACE_MAX = 90;

  private final RandomGenerator random;

  /** Containers may have a policy and rules of their own. */
  private boolean ownPolicies;

  RandomPod(RandomGenerator random) {
    this.random = random;
  }

  /** True so many times of a hundred. */
  boolean percent(int times) {
    return random.nextInt(100) < times;
  }

  /** A time up to that many seconds; half of them whole. */
  long seconds(int most) {
    return percent(50)
        ? random.nextInt(most + 1) * Times.SECOND
        : random.nextInt(most * 1000 + 1) * Times.MILLI;
  }

  /** A pod as that release takes it. */
  PodSpec spec(Profile profile) {
    ownPolicies = profile.containerRestartRules();
    List<ContainerSpec> init = new ArrayList<>();
    List<ContainerSpec> apps = new ArrayList<>();
    int inits = percent(30) ? 0 : random.nextInt(INIT_MAX + 1);
    for (int k = 0; k < inits; k++) {
      init.add(percent(60) ? container("s" + k, RestartPolicy.ALWAYS, true) : regularInit(k));
    }
    int count = 1 + random.nextInt(APPS_MAX);
    for (int k = 0; k < count; k++) {
      apps.add(container("a" + k, ownPolicies && percent(15) ? policy() : null, true));
    }
    return new PodSpec(
        policy(),
        percent(5) ? null : Long.valueOf(random.nextLong(GRACE_MAX + 1)),
        percent(10) ? Long.valueOf(1 + random.nextInt(300)) : null,
        false,
        "node",
        percent(10) ? List.of("gate") : List.of(),
        init,
        apps,
        percent(5) ? List.of(container("e", null, false)) : List.of(),
        null,
        Map.of(),
        null,
        "");
  }

  private ContainerSpec regularInit(int k) {
    RestartPolicy own =
        !ownPolicies || percent(80)
            ? null
            : percent(50) ? RestartPolicy.NEVER : RestartPolicy.ON_FAILURE;
    return container("i" + k, own, false);
  }

  private RestartPolicy policy() {
    return RestartPolicy.values()[random.nextInt(RestartPolicy.values().length)];
  }

  private ContainerSpec container(String name, @Nullable RestartPolicy own, boolean probed) {
    return new ContainerSpec(
        name,
        percent(20) ? "shared:1" : name + ":1",
        percent(20)
            ? ImagePullPolicy.ALWAYS
            : percent(99) ? ImagePullPolicy.IF_NOT_PRESENT : ImagePullPolicy.NEVER,
        own,
        ownPolicies && own != null && percent(40) ? rules() : List.of(),
        probed && percent(25) ? probe(ProbeType.STARTUP) : null,
        probed && percent(30) ? probe(ProbeType.LIVENESS) : null,
        probed && percent(40) ? probe(ProbeType.READINESS) : null,
        probed && percent(15) ? postStart() : null,
        probed && percent(30) ? preStop() : null,
        "",
        ResourceRequirements.NONE,
        List.of(),
        List.of());
  }

  /** A container of kubectl debug. */
  ContainerSpec ephemeral(int k) {
    return container("e" + k, null, false);
  }

  /** One that never ends would hold its pod for ever (rule L-210). */
  private Handler postStart() {
    return percent(20) ? new Handler.Sleep(random.nextLong(20)) : new Handler.Exec(List.of("hook"));
  }

  private Handler preStop() {
    return percent(30) ? new Handler.Sleep(random.nextLong(40)) : new Handler.Exec(List.of("hook"));
  }

  private List<RestartRule> rules() {
    return percent(70) ? List.of(rule()) : List.of(rule(), rule());
  }

  private RestartRule rule() {
    return new RestartRule(
        percent(40) ? RestartRule.Action.RESTART_ALL_CONTAINERS : RestartRule.Action.RESTART,
        percent(80) ? RestartRule.Operator.IN : RestartRule.Operator.NOT_IN,
        List.of(percent(50) ? 1 : 42));
  }

  private ProbeSpec probe(ProbeType type) {
    boolean readiness = type == ProbeType.READINESS;
    return new ProbeSpec(
        new Handler.Exec(List.of("probe")),
        percent(60) ? 0 : random.nextInt(15),
        1 + random.nextInt(3),
        1 + random.nextInt(12),
        readiness ? 1 + random.nextInt(3) : 1,
        1 + random.nextInt(4),
        readiness || percent(70) ? null : Long.valueOf(1 + random.nextLong(PROBE_GRACE_MAX)));
  }

  SandboxScript sandbox() {
    return new SandboxScript(seconds(3), seconds(2), percent(90) ? 0 : random.nextInt(3));
  }

  List<ContainerScript> scripts(PodSpec spec) {
    List<ContainerScript> scripts = new ArrayList<>();
    spec.initContainers().forEach(c -> scripts.add(script(c)));
    spec.containers().forEach(c -> scripts.add(script(c)));
    spec.ephemeralContainers().forEach(c -> scripts.add(script(c)));
    return scripts;
  }

  ContainerScript script(ContainerSpec spec) {
    boolean ends = spec.name().startsWith("i");
    return new ContainerScript(
        seconds(5),
        percent(90) ? 0 : random.nextInt(4),
        percent(50) ? 0 : seconds(1),
        percent(50) ? 0 : seconds(3),
        percent(93) ? 0 : random.nextInt(3),
        runs(ends),
        percent(10) ? -1 : seconds(percent(80) ? 5 : 70),
        percent(50) ? 143 : percent(50) ? 0 : 1,
        spec.postStart() == null ? null : new HookScript(seconds(4), percent(75)),
        spec.preStop() == null ? null : new HookScript(percent(10) ? -1 : seconds(40), percent(85)),
        answers(spec.startupProbe()),
        answers(spec.livenessProbe()),
        answers(spec.readinessProbe()));
  }

  private List<Run> runs(boolean ends) {
    List<Run> runs = new ArrayList<>();
    int lives = random.nextInt(5);
    for (int k = 0; k < lives; k++) {
      runs.add(run(0));
    }
    // The last one repeats: a container that restarts all others (L-305) would fill an instant with
    // restarts if it took no time, there is no back-off for that.
    runs.add(
        ends
            ? new Run(Times.SECOND + seconds(10), 0, "")
            : percent(70) ? Run.FOREVER : run(Times.SECOND));
    return runs;
  }

  private Run run(long least) {
    int code = percent(40) ? 0 : percent(50) ? 1 : percent(50) ? 42 : 137;
    String reason = percent(5) ? "OOMKilled" : "";
    return new Run(least + seconds(percent(80) ? 30 : 700), code, reason);
  }

  private List<ProbeScript> answers(@Nullable ProbeSpec probe) {
    List<ProbeScript> answers = new ArrayList<>();
    if (probe == null) {
      return answers;
    }
    long from = 0;
    int turns = random.nextInt(6);
    for (int k = 0; k < turns; k++) {
      answers.add(new ProbeScript(from, percent(50), percent(50) ? 0 : seconds(4)));
      from += 1 + seconds(40);
    }
    answers.add(new ProbeScript(from, percent(85), percent(50) ? 0 : seconds(1)));
    return answers;
  }
}
