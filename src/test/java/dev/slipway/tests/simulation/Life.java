package dev.slipway.tests.simulation;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.replay.PodHost;
import dev.slipway.engine.replay.VirtualDriver;
import dev.slipway.engine.runtime.ScriptedRuntime;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.PodState.Worker;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.state.TerminationRequest;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One random pod from its arrival to its end: faults first, then it is deleted and must be gone in
 * bounded time. Everything follows from the seed.
 */
final class Life {
  /** A life of {@link #FAULTS_MAX} seconds with a probe each second has some ten thousand. */
  private static final long EVENTS_MAX = 300_000;

  private static final int FAULTS_MAX = 1200;

  /** From the deletion to the end: a pass in progress (pulls, hooks), then the stops. */
  private static final long END_MAX = 900 * Times.SECOND;

  private final RandomPod pods;
  private final SplittableRandom random;
  private final VirtualDriver driver;
  private final ScriptedRuntime runtime;
  private final Invariants invariants;
  private final PodHost host;
  private final Consumer<String> log;
  private PodShape shape;
  private int images;

  private Life(long seed, Consumer<String> log) {
    this.log = log;
    random = new SplittableRandom(seed);
    pods = new RandomPod(random);
    long start = random.nextInt(3) == 0 ? random.nextInt(1000) * Times.MILLI : 0;
    driver = new VirtualDriver(Profile.K8S_1_37, start);
    PodSpec spec = pods.spec();
    shape = PodShape.of(spec);
    log.accept(spec.toString());
    invariants = new Invariants(shape, driver, log);
    var scripts = pods.scripts(spec);
    log.accept(scripts.toString());
    runtime = new ScriptedRuntime(shape, pods.sandbox(), scripts, invariants, random.nextBoolean());
    PodState state = new PodState(ObjectMeta.of("ns", "pod", "uid-" + seed), shape, false);
    // As the API server stores a new pod.
    state.apiPhase = PodPhase.PENDING;
    invariants.watch(state);
    host = driver.add(state, runtime, invariants);
  }

  /** Lives it and returns the number of events; throws if an invariant breaks. */
  static long live(long seed, Consumer<String> log) {
    return new Life(seed, log).live();
  }

  private long live() {
    long length = (30 + random.nextInt(FAULTS_MAX)) * Times.SECOND;
    long end = driver.now() + length;
    int faults = random.nextInt(7);
    for (int k = 0; k < faults; k++) {
      driver.at(driver.now() + pods.seconds((int) (length / Times.SECOND)), this::fault);
    }
    runUntil(end);
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
    if (!host.removed()
        || !invariants.gone()
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

  private void fault() {
    int kind = random.nextInt(100);
    log.accept(
        driver.now() + " fault " + kind + " " + host.state().worker + " " + host.state().step);
    if (kind < 10) {
      delete();
    } else if (kind < 16) {
      terminate(1 + random.nextLong(20), "Evicted", false, true);
    } else if (kind < 20) {
      terminate(1 + random.nextLong(RandomPod.GRACE_MAX), "Terminated", true, false);
    } else if (kind < 23) {
      terminate(-1, "Preempting", false, false);
    } else if (kind < 40) {
      changeImage();
    } else if (kind < 58) {
      runtime.killSandbox(driver.now(), host.answers());
    } else if (kind < 75) {
      runtime.kill(random.nextInt(shape.count), exitCode(), driver.now(), host.answers());
    } else if (kind < 80) {
      runtime.killForMemory(random.nextInt(shape.count), driver.now(), host.answers());
    } else if (kind < 90) {
      gate();
    } else {
      duplicates();
    }
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
    shape =
        PodShape.of(
            spec.withContainers(
                renewed(spec.initContainers(), name),
                renewed(spec.containers(), name),
                spec.ephemeralContainers()));
    runtime.reshape(shape, List.of());
    ObjectMeta meta = host.state().apiMeta;
    host.change(meta.withGeneration(meta.generation() + 1), shape);
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
        if (r.state == RecordState.RUNNING || r.state == RecordState.EXITED) {
          host.toPod(new PodEvent.ContainerStarted(c, r.id, r.startedAt));
        }
        if (r.state == RecordState.EXITED) {
          host.toPod(new PodEvent.ContainerExited(c, r.id, 0, "Completed", "", driver.now()));
        }
      }
    }
    host.toPod(PodEvent.WOKEN);
  }
}
