package dev.slipway.tests.simulation;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.probe.ProbeSettings;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.replay.PodHost;
import dev.slipway.engine.replay.VirtualDriver;
import dev.slipway.engine.runtime.ContainerScript;
import dev.slipway.engine.runtime.ScriptedRuntime;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.PodState.Worker;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.state.TerminationRequest;
import dev.slipway.engine.state.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One random pod from its arrival to its end: faults first, then it is deleted and must be gone in
 * bounded time. Everything follows from the seed.
 */
final class Life {
  /** A life of {@link #FAULTS_MAX} seconds with a probe each second has some ten thousand. */
  private static final long EVENTS_MAX = 300_000;

  private static final int FAULTS_MAX = 1200;

  /**
   * From the deletion to the end: a pass in progress (pulls, hooks), then the stops, tried again.
   */
  private static final long END_MAX = 900 * Times.SECOND;

  /** Everything a life is drawn with, for the report of one that fails. */
  private record Options(String version, boolean youngAgent, boolean timeoutIsError, long start) {}

  private final RandomPod pods;
  private final SplittableRandom random;
  private final VirtualDriver driver;
  private final ScriptedRuntime runtime;
  private final Invariants invariants;
  private final PodHost host;
  private final @Nullable Consumer<String> log;
  private PodShape shape;
  private int images;
  private int debuggers;

  /** The object is not in the API any more although nobody deleted it. */
  private boolean objectLost;

  private Life(long seed, @Nullable Consumer<String> log, Consumer<Transition> moves) {
    this.log = log;
    random = new SplittableRandom(seed);
    pods = new RandomPod(random);
    Options options = options();
    Profile profile = Profile.of(options.version());
    driver = new VirtualDriver(profile, agent(options), options.start());
    PodSpec spec = pods.spec(profile);
    shape = PodShape.of(spec);
    var scripts = pods.scripts(spec);
    say(options.toString());
    say(spec.toString());
    say(scripts.toString());
    PodState state = new PodState(ObjectMeta.of("ns", "pod", "uid-" + seed), shape, false);
    // As the API server stores a new pod.
    state.apiPhase = PodPhase.PENDING;
    invariants = new Invariants(shape, state, profile, driver, log, moves);
    runtime =
        new ScriptedRuntime(shape, pods.sandbox(), scripts, invariants, options.timeoutIsError());
    PodEvent first =
        pods.percent(99) ? PodEvent.ADDED : new PodEvent.Rejected("OutOfcpu", "not on this node");
    host = driver.add(state, runtime, invariants, first);
  }

  private Options options() {
    return new Options(
        pods.percent(80) ? "1.37" : pods.percent(50) ? "1.36" : "1.33",
        pods.percent(15),
        random.nextBoolean(),
        random.nextInt(3) == 0 ? random.nextInt(1000) * Times.MILLI : 0);
  }

  private ProbeSettings agent(Options options) {
    if (!options.youngAgent()) {
      return ProbeSettings.of(ProbeRules.Jitter.NONE);
    }
    SplittableRandom jitter = random.split();
    return ProbeSettings.of(ProbeSettings.jitter(options.start(), jitter::nextDouble));
  }

  /** Lives it and returns the number of events; throws if an invariant breaks. */
  static long live(long seed) {
    return new Life(seed, null, _ -> {}).live();
  }

  /** The same, told to {@code log}. */
  static long live(long seed, Consumer<String> log) {
    return new Life(seed, log, _ -> {}).live();
  }

  /** The same; {@code moves} hears of every transition. */
  static void watch(long seed, Consumer<Transition> moves) {
    new Life(seed, null, moves).live();
  }

  private void say(String line) {
    if (log != null) {
      log.accept(line);
    }
  }

  private long live() {
    long length = (30 + random.nextInt(FAULTS_MAX)) * Times.SECOND;
    long end = driver.now() + length;
    int faults = random.nextInt(9);
    for (int k = 0; k < faults; k++) {
      driver.at(driver.now() + pods.seconds((int) (length / Times.SECOND)), this::fault);
    }
    runUntil(end);
    calm();
    if (!host.removed()) {
      delete();
    }
    runUntil(end + END_MAX);
    ended();
    return driver.delivered();
  }

  private void runUntil(long time) {
    while (driver.nextTime() <= time) {
      driver.runNext();
      invariants.check();
      if (driver.delivered() > EVENTS_MAX) {
        throw new IllegalStateException(
            "a life has a bounded number of events: at=" + driver.now() / Times.MILLI + "ms");
      }
    }
    driver.runUntil(time);
  }

  private void ended() {
    if (!objectLost && (!host.removed() || !invariants.gone())
        || !invariants.still()
        || host.state().worker != Worker.FINISHED) {
      throw new IllegalStateException(
          "a deleted pod ends: removed="
              + host.removed()
              + " still="
              + invariants.still()
              + " worker="
              + host.state().worker
              + " step="
              + host.state().step);
    }
  }

  /** From now on stop calls work again. */
  private void calm() {
    for (int c = 0; c < shape.count; c++) {
      runtime.failStops(c, 0);
    }
  }

  private void fault() {
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    PodState state = host.state();
    say(driver.now() + " fault " + fault + " " + state.worker + " " + state.step);
    switch (fault) {
      case DELETE -> delete();
      case DELETE_TWICE -> {
        delete();
        driver.at(driver.now() + pods.seconds(20), this::delete);
      }
      case EVICT -> terminate(1 + random.nextLong(20), "Evicted", false, true);
      case SHUTDOWN ->
          terminate(1 + random.nextLong(RandomPod.GRACE_MAX), "Terminated", true, false);
      case PREEMPT -> terminate(-1, "Preempting", false, false);
      case IMAGE -> changeImage();
      case DEBUG -> addEphemeral();
      case SANDBOX -> runtime.killSandbox(driver.now(), host.answers());
      case KILL -> runtime.kill(someContainer(), exitCode(), driver.now(), host.answers());
      case MEMORY -> runtime.killForMemory(someContainer(), driver.now(), host.answers());
      case LOSE -> runtime.loseRecord(someContainer(), driver.now(), host.answers());
      case LOSE_ALL -> {
        for (int c = 0; c < shape.count; c++) {
          runtime.loseRecord(c, driver.now(), host.answers());
        }
      }
      case FORGET -> forget();
      case FAIL_CREATES -> runtime.failCreates(someContainer(), 1 + random.nextInt(3));
      case FAIL_STOPS -> runtime.failStops(someContainer(), 1 + random.nextInt(3));
      case GATE -> gate();
      case AGAIN -> duplicates();
      case ORPHAN -> lose(PodEvent.ORPHANED);
      case SOURCE -> lose(PodEvent.REMOVED);
    }
  }

  private enum Fault {
    DELETE,
    DELETE_TWICE,
    EVICT,
    SHUTDOWN,
    PREEMPT,
    IMAGE,
    DEBUG,
    SANDBOX,
    KILL,
    MEMORY,
    LOSE,
    LOSE_ALL,
    FORGET,
    FAIL_CREATES,
    FAIL_STOPS,
    GATE,
    AGAIN,
    ORPHAN,
    SOURCE
  }

  private int someContainer() {
    return random.nextInt(shape.count);
  }

  private void forget() {
    int c = someContainer();
    if (runtime.loseTrack(c, random.nextBoolean(), driver.now(), host.answers())) {
      invariants.untracked(c);
    }
  }

  /** A third of the times only: it ends the life early. */
  private void lose(PodEvent event) {
    if (pods.percent(33)) {
      objectLost = true;
      invariants.force();
      host.toPod(event);
    }
  }

  /** As with kubectl debug. */
  private void addEphemeral() {
    ContainerSpec added = pods.ephemeral(debuggers++);
    List<ContainerSpec> all = new ArrayList<>(shape.spec.ephemeralContainers());
    all.add(added);
    PodSpec spec = shape.spec;
    change(
        PodShape.of(spec.withContainers(spec.initContainers(), spec.containers(), all)),
        List.of(pods.script(added)));
  }

  private void change(PodShape changed, List<ContainerScript> added) {
    shape = changed;
    invariants.reshape(shape);
    runtime.reshape(shape, added);
    ObjectMeta meta = host.state().apiMeta;
    host.change(meta.withGeneration(meta.generation() + 1), shape);
  }

  private int exitCode() {
    return random.nextInt(3) == 0 ? 42 : random.nextBoolean() ? 137 : 1;
  }

  private void delete() {
    Long grace = random.nextBoolean() ? null : Long.valueOf(random.nextLong(RandomPod.GRACE_MAX));
    Long own = shape.spec.terminationGracePeriodSeconds();
    invariants.asked(grace == null ? own == null ? 0 : own : grace);
    // Forced at once, by a pod without grace, or because its phase is terminal already.
    invariants.force();
    host.delete(grace, driver.now());
  }

  private void terminate(long grace, String reason, boolean keepsSucceeded, boolean evicts) {
    invariants.asked(grace);
    host.toPod(
        new PodEvent.TerminateRequested(
            grace, new TerminationRequest(reason, reason, reason, keepsSucceeded, evicts)));
  }

  private void changeImage() {
    int target = random.nextInt(shape.count);
    images++;
    PodSpec spec = shape.spec;
    String name = shape.container(target).name();
    change(
        PodShape.of(
            spec.withContainers(
                renewed(spec.initContainers(), name),
                renewed(spec.containers(), name),
                spec.ephemeralContainers())),
        List.of());
  }

  private List<ContainerSpec> renewed(List<ContainerSpec> list, String name) {
    return list.stream()
        .map(c -> c.name().equals(name) ? c.withImage(name + ":" + (images + 1)) : c)
        .toList();
  }

  private void gate() {
    host.toPod(
        new PodEvent.ForeignCondition(
            new PodCondition(
                "gate",
                random.nextBoolean() ? ConditionStatus.TRUE : ConditionStatus.FALSE,
                "",
                "",
                0,
                Times.NONE,
                Times.NONE)));
  }

  /** What the runtime said already is said again. */
  private void duplicates() {
    for (int c = 0; c < shape.count && c < host.state().slots.length; c++) {
      for (ContainerRecord r = host.state().slots[c].newest; r != null; r = r.older) {
        if (r.state() == RecordState.RUNNING || r.state() == RecordState.EXITED) {
          host.toPod(new PodEvent.ContainerStarted(c, r.id, r.startedAt()));
        }
        if (r.state() == RecordState.EXITED) {
          host.toPod(new PodEvent.ContainerExited(c, r.id, 0, "Completed", "", driver.now()));
        }
      }
    }
    host.toPod(PodEvent.WOKEN);
  }
}
