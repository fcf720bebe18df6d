package dev.slipway.tests;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.runtime.ContainerScript;
import dev.slipway.engine.runtime.ContainerScript.HookScript;
import dev.slipway.engine.runtime.ContainerScript.ProbeScript;
import dev.slipway.engine.runtime.ContainerScript.Run;
import dev.slipway.engine.runtime.SandboxScript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Pods of every shape the rules know, each with a script of its runtime and a list of things done
 * to it, as a function of a seed. Durations come from short lists, so that things often fall on the
 * same instant.
 */
final class RandomPods {
  /**
   * One pod and what becomes of it.
   *
   * @param scripts by ordinal
   * @param actions in the order of their times
   */
  record RandomPod(
      long seed,
      ObjectMeta meta,
      PodSpec spec,
      boolean isStatic,
      SandboxScript sandbox,
      List<ContainerScript> scripts,
      boolean timeoutIsError,
      List<Action> actions) {}

  /** Something done to the pod from outside at a time. */
  sealed interface Action {
    long at();

    record Delete(long at, @Nullable Long graceSeconds) implements Action {}

    record KillContainer(long at, int container, int exitCode) implements Action {}

    record KillSandbox(long at) implements Action {}

    record Evict(long at, long graceSeconds) implements Action {}

    record SetImage(long at, int container, String image) implements Action {}
  }

  /** Nothing is done to a pod after this. */
  static final long LAST_ACTION = 900 * Times.SECOND;

  private static final String UID_PREFIX = "uid-";
  private static final long[] SHORT = {0, 0, 0, 1, 50, 100, 300, 999, 1_000, 2_500};
  private static final long[] RUNS = {0, 10, 500, 1_000, 3_000, 9_000, 10_000, 30_000, 65_000};
  private static final int[] EXITS = {0, 0, 0, 1, 1, 2, 42, 137, 143};

  private final SplittableRandom random;
  private final long seed;

  private RandomPods(long seed) {
    this.random = new SplittableRandom(seed);
    this.seed = seed;
  }

  /** The pod of a seed. */
  static RandomPod pod(long seed) {
    return new RandomPods(seed).make();
  }

  /** The pod of a seed with nothing done to it from outside. */
  static RandomPod undisturbed(long seed) {
    RandomPod pod = pod(seed);
    return new RandomPod(
        seed,
        pod.meta(),
        pod.spec(),
        pod.isStatic(),
        pod.sandbox(),
        pod.scripts(),
        pod.timeoutIsError(),
        List.of());
  }

  /** The seed a pod was made from. */
  static long seedOf(ObjectMeta meta) {
    return Long.parseLong(meta.uid().substring(UID_PREFIX.length()));
  }

  private RandomPod make() {
    List<ContainerSpec> init = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      init.add(
          random.nextBoolean() ? container("s" + i, true, true) : container("i" + i, false, true));
    }
    List<ContainerSpec> apps = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      apps.add(container("a" + i, false, false));
    }
    PodSpec spec = spec(init, apps);
    int count = init.size() + apps.size();
    List<ContainerScript> scripts = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      scripts.add(script(c < init.size() && init.get(c).restartPolicy() == null));
    }
    return new RandomPod(
        seed,
        ObjectMeta.of("ns" + seed % 7, "pod-" + seed, UID_PREFIX + seed),
        spec,
        chance(20),
        new SandboxScript(shortTime(), shortTime(), chance(8) ? 1 + random.nextInt(2) : 0),
        List.copyOf(scripts),
        random.nextBoolean(),
        actions(count));
  }

  private PodSpec spec(List<ContainerSpec> init, List<ContainerSpec> apps) {
    return new PodSpec(
        pick(RestartPolicy.values()),
        chance(8) ? null : Long.valueOf(pick(new long[] {0, 1, 2, 5, 30})),
        chance(10) ? Long.valueOf(pick(new long[] {1, 5, 20, 100})) : null,
        chance(20),
        "node-1",
        chance(12) ? List.of("example.com/gate") : List.of(),
        init,
        apps,
        List.of(),
        null,
        Map.of(),
        null,
        "");
  }

  private ContainerSpec container(String name, boolean sidecar, boolean init) {
    boolean probes = sidecar || !init;
    return new ContainerSpec(
        name,
        "image-" + random.nextInt(3),
        pick(ImagePullPolicy.values()) == ImagePullPolicy.ALWAYS
            ? ImagePullPolicy.ALWAYS
            : ImagePullPolicy.IF_NOT_PRESENT,
        sidecar ? RestartPolicy.ALWAYS : restartPolicy(init),
        List.of(),
        probes && chance(4) ? probe(false) : null,
        probes && chance(3) ? probe(false) : null,
        probes && chance(2) ? probe(true) : null,
        probes && chance(5) ? handler() : null,
        probes && chance(4) ? handler() : null,
        "",
        ResourceRequirements.NONE,
        List.of(),
        List.of());
  }

  /** A restart policy of the container's own (rules L-301). */
  private @Nullable RestartPolicy restartPolicy(boolean init) {
    return !init && chance(8) ? pick(RestartPolicy.values()) : null;
  }

  private ProbeSpec probe(boolean readiness) {
    return new ProbeSpec(
        new Handler.Exec(List.of()),
        pick(new int[] {0, 0, 1, 5}),
        pick(new int[] {1, 1, 2}),
        pick(new int[] {1, 2, 5, 10}),
        readiness ? 1 + random.nextInt(2) : 1,
        1 + random.nextInt(3),
        chance(6) ? Long.valueOf(1) : null);
  }

  private Handler handler() {
    return chance(3) ? new Handler.Sleep(random.nextInt(4)) : new Handler.Exec(List.of());
  }

  private ContainerScript script(boolean mustComplete) {
    List<Run> runs = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      runs.add(run());
    }
    if (mustComplete) {
      runs.add(new Run(pick(SHORT) * Times.MILLI, chance(12) ? 1 : 0, ""));
    } else if (chance(2)) {
      runs.add(Run.FOREVER);
    } else {
      runs.add(run());
    }
    return new ContainerScript(
        shortTime(),
        chance(10) ? 1 + random.nextInt(2) : 0,
        shortTime(),
        shortTime(),
        chance(12) ? 1 : 0,
        runs,
        chance(6) ? -1 : pick(new long[] {0, 10, 700, 2_000, 6_000}) * Times.MILLI,
        pick(new int[] {0, 0, 143, 1}),
        new HookScript(shortTime(), !chance(6)),
        new HookScript(chance(8) ? -1 : shortTime(), !chance(6)),
        answers(),
        answers(),
        answers());
  }

  private Run run() {
    return new Run(pick(RUNS) * Times.MILLI, EXITS[random.nextInt(EXITS.length)], "");
  }

  private List<ProbeScript> answers() {
    List<ProbeScript> answers = new ArrayList<>();
    long from = 0;
    for (int i = random.nextInt(4); i > 0; i--) {
      answers.add(new ProbeScript(from, random.nextInt(3) > 0, shortTime()));
      from += pick(RUNS) * Times.MILLI;
    }
    return answers;
  }

  private List<Action> actions(int containers) {
    List<Action> actions = new ArrayList<>();
    if (chance(4)) {
      actions.add(new Action.KillContainer(time(), random.nextInt(containers), 137));
    }
    if (chance(8)) {
      actions.add(new Action.KillSandbox(time()));
    }
    if (chance(8)) {
      actions.add(
          new Action.SetImage(time(), random.nextInt(containers), "image-" + random.nextInt(5)));
    }
    if (chance(10)) {
      actions.add(new Action.Evict(time(), random.nextInt(5)));
    }
    for (int i = random.nextInt(4) - 1; i > 0; i--) {
      Long grace = chance(2) ? null : Long.valueOf(pick(new long[] {0, 1, 3, 20}));
      actions.add(new Action.Delete(time(), grace));
    }
    actions.sort(Comparator.comparingLong(Action::at));
    return List.copyOf(actions);
  }

  /** Often on a whole second, where the probes tick. */
  private long time() {
    long seconds = chance(3) ? random.nextLong(LAST_ACTION / Times.SECOND) : random.nextLong(40);
    return seconds * Times.SECOND + (chance(2) ? 0 : random.nextLong(1_000) * Times.MILLI);
  }

  private long shortTime() {
    return pick(SHORT) * Times.MILLI;
  }

  /** True once in so many. */
  private boolean chance(int in) {
    return random.nextInt(in) == 0;
  }

  private long pick(long[] values) {
    return values[random.nextInt(values.length)];
  }

  private int pick(int[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
