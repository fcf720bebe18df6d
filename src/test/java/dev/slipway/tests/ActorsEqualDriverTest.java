package dev.slipway.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.actors.EngineClock;
import dev.slipway.actors.EngineCommand;
import dev.slipway.actors.EngineSettings;
import dev.slipway.actors.EngineSystem;
import dev.slipway.actors.PodRow;
import dev.slipway.actors.RuntimeFactory;
import dev.slipway.actors.StatusListener;
import dev.slipway.actors.Totals;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.replay.PodHost;
import dev.slipway.engine.replay.VirtualDriver;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.runtime.ScriptedRuntime;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.TerminationRequest;
import dev.slipway.tests.RandomPods.Action;
import dev.slipway.tests.RandomPods.RandomPod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The same pods on actors and on the single-threaded driver live the same lives, to the last
 * publication, event and order to the runtime. A failure names the seed: {@code
 * -DargLine=-Dslipway.test.seed=N} makes it the first of all, {@code
 * -DargLine=-Dslipway.test.pods=N} says how many there are.
 */
final class ActorsEqualDriverTest {
  private static final long FIRST_SEED = Long.getLong("slipway.test.seed", 1);
  private static final long PODS = Long.getLong("slipway.test.pods", 2_000);
  private static final int SHARDS = 4;

  /** Pods that have sent nothing for this long have nothing to do. */
  private static final long QUIET_MILLIS = 300;

  private static final TerminationRequest EVICTED =
      new TerminationRequest("Evicted", "evicted", "evicted", false, true);

  /** Time enough for pods to end that were deleted last. */
  private static final long END = RandomPods.LAST_ACTION + 120 * Times.SECOND;

  @Test
  void everyPodLivesTheSameLifeInVirtualTime() throws Exception {
    List<Subject> onDriver = subjects(RandomPods::pod);
    List<Subject> onActors = subjects(RandomPods::pod);
    new OnDriver().run(onDriver);
    new OnActors(onActors).runInVirtualTime();
    compare(onDriver, onActors);
  }

  /**
   * Live time that goes on in one leap: the shards are late all the time, and hand out the next
   * deadlines while the pods still work on those before.
   */
  @Test
  void everyPodLivesTheSameLifeInLiveTimeHoweverLateTheShardsAre() throws Exception {
    List<Subject> onDriver = subjects(RandomPods::undisturbed);
    List<Subject> onActors = subjects(RandomPods::undisturbed);
    new OnDriver().run(onDriver);
    new OnActors(onActors).runInLiveTime();
    compare(onDriver, onActors);
  }

  private static void compare(List<Subject> onDriver, List<Subject> onActors) {
    List<String> differences = new ArrayList<>();
    for (int k = 0; k < onDriver.size(); k++) {
      RandomPod pod = onDriver.get(k).pod;
      String difference = difference(onDriver.get(k).life.lines(), onActors.get(k).life.lines());
      if (!difference.isEmpty()) {
        differences.add("seed " + pod.seed() + ": " + difference + "\n" + pod);
      }
    }
    assertThat(differences).as("first differences, seeds from %s on", FIRST_SEED).isEmpty();
  }

  /** The first line the two do not share, empty if they are equal. */
  private static String difference(List<String> expected, List<String> found) {
    for (int k = 0; k < Math.max(expected.size(), found.size()); k++) {
      String one = k < expected.size() ? expected.get(k) : "nothing";
      String other = k < found.size() ? found.get(k) : "nothing";
      if (!one.equals(other)) {
        return "line " + k + "\non the driver: " + one + "\non actors: " + other;
      }
    }
    return "";
  }

  private static List<Subject> subjects(LongFunction<RandomPod> pods) {
    return LongStream.range(FIRST_SEED, FIRST_SEED + PODS)
        .mapToObj(seed -> new Subject(pods.apply(seed)))
        .toList();
  }

  /** The pods something is done to, by the time at which it is. */
  private static TreeMap<Long, List<Subject>> times(List<Subject> subjects) {
    TreeMap<Long, List<Subject>> times = new TreeMap<>();
    for (Subject subject : subjects) {
      subject.pod.actions().stream()
          .mapToLong(Action::at)
          .distinct()
          .forEach(at -> times.computeIfAbsent(at, _ -> new ArrayList<>()).add(subject));
    }
    return times;
  }

  /** One pod with its object as the API has it, and what was seen of it. */
  private static final class Subject {
    final RandomPod pod;
    final PodLife life = new PodLife();
    final TimedRuntime runtime;
    ObjectMeta meta;
    PodShape shape;

    Subject(RandomPod pod) {
      this.pod = pod;
      this.meta = pod.meta();
      this.shape = PodShape.of(pod.spec());
      this.runtime =
          new TimedRuntime(
              new ScriptedRuntime(shape, pod.sandbox(), pod.scripts(), life, pod.timeoutIsError()),
              life);
    }

    List<Action> actions(long time) {
      return pod.actions().stream().filter(action -> action.at() == time).toList();
    }

    /** The object's spec changes: the image of one container. */
    void change(Action.SetImage action) {
      PodSpec spec = shape.spec;
      String name = shape.container(action.container()).name();
      meta = meta.withGeneration(meta.generation() + 1);
      shape =
          PodShape.of(
              spec.withContainers(
                  renamed(spec.initContainers(), name, action.image()),
                  renamed(spec.containers(), name, action.image()),
                  spec.ephemeralContainers()));
    }

    private static List<ContainerSpec> renamed(
        List<ContainerSpec> containers, String name, String image) {
      return containers.stream().map(c -> c.name().equals(name) ? c.withImage(image) : c).toList();
    }
  }

  private static PodEvent evicted(Action.Evict action) {
    return new PodEvent.TerminateRequested(action.graceSeconds(), EVICTED);
  }

  /** The single-threaded run. */
  private static final class OnDriver {
    private final VirtualDriver driver = new VirtualDriver(Profile.K8S_1_37, 0);
    private final Map<Subject, PodHost> hosts = new HashMap<>();
    private long step;

    void run(List<Subject> subjects) {
      for (Subject subject : subjects) {
        PodState state = new PodState(subject.meta, subject.shape, subject.pod.isStatic());
        PodHost host = driver.add(state, subject.runtime, subject.life);
        subject.life.follow(host, () -> step);
        hosts.put(subject, host);
      }
      for (var due : times(subjects).entrySet()) {
        // All that falls on this instant by itself; then the actions, each with what follows from
        // it.
        long time = due.getKey();
        runUntil(time);
        for (Subject subject : due.getValue()) {
          PodHost host = hosts.get(subject);
          if (host != null) {
            subject
                .actions(time)
                .forEach(action -> driver.at(time, () -> act(action, subject, host)));
          }
        }
      }
      runUntil(END);
    }

    private void runUntil(long time) {
      while (driver.nextTime() <= time) {
        step++;
        driver.runNext();
      }
      driver.runUntil(time);
    }

    private void act(Action action, Subject subject, PodHost host) {
      ScriptedRuntime runtime = subject.runtime.at(driver.now());
      switch (action) {
        case Action.Delete a -> host.delete(a.graceSeconds(), driver.now());
        case Action.KillContainer a ->
            runtime.kill(a.container(), a.exitCode(), driver.now(), host.answers());
        case Action.KillSandbox _ -> runtime.killSandbox(driver.now(), host.answers());
        case Action.Evict a -> host.toPod(evicted(a));
        case Action.SetImage a -> {
          subject.change(a);
          runtime.reshape(subject.shape, List.of());
          host.change(subject.meta, subject.shape);
        }
      }
    }
  }

  /** The run on actors. */
  private static final class OnActors implements RuntimeFactory, StatusListener {
    private final List<Subject> subjects;

    OnActors(List<Subject> subjects) {
      this.subjects = subjects;
    }

    void runInVirtualTime() throws Exception {
      try (EngineSystem engine = start(EngineClock.virtual(0))) {
        for (var due : times(subjects).entrySet()) {
          long time = due.getKey();
          engine.advanceTo(time);
          for (Subject subject : due.getValue()) {
            subject.actions(time).forEach(action -> submit(engine, command(action, subject)));
          }
        }
        engine.advanceTo(END).toCompletableFuture().get();
        check(engine);
      }
    }

    void runInLiveTime() throws Exception {
      AtomicLong now = new AtomicLong();
      try (EngineSystem engine = start(new EngineClock.Live(now::get, Duration.ofMillis(1)))) {
        engine.totalsNow().toCompletableFuture().get();
        now.set(END);
        long before = -1;
        long messages = 0;
        while (engine.reached().toCompletableFuture().get() < END || messages != before) {
          Thread.sleep(QUIET_MILLIS);
          before = messages;
          messages = engine.totalsNow().toCompletableFuture().get().messages();
        }
        check(engine);
      }
    }

    /** An engine that has all the pods. */
    private EngineSystem start(EngineClock clock) {
      EngineSystem engine =
          EngineSystem.start(
              EngineSettings.of(SHARDS, clock, this).withThreads(2).withListeners(_ -> this));
      for (Subject s : subjects) {
        submit(
            engine, new EngineCommand.Create(s.meta, s.shape, s.pod.isStatic(), PodStatus.EMPTY));
      }
      return engine;
    }

    private static void submit(EngineSystem engine, EngineCommand command) {
      assertThat(engine.submit(engine.shardOf(command.uid()), command)).isTrue();
    }

    private static EngineCommand command(Action action, Subject subject) {
      String uid = subject.meta.uid();
      TimedRuntime runtime = subject.runtime;
      return switch (action) {
        case Action.Delete a -> new EngineCommand.Delete(uid, a.graceSeconds());
        case Action.KillContainer a ->
            new EngineCommand.Interfere(
                uid, (_, now, out) -> runtime.at(now).kill(a.container(), a.exitCode(), now, out));
        case Action.KillSandbox _ ->
            new EngineCommand.Interfere(
                uid, (_, now, out) -> runtime.at(now).killSandbox(now, out));
        case Action.Evict a -> new EngineCommand.Send(uid, evicted(a));
        case Action.SetImage a -> {
          subject.change(a);
          yield new EngineCommand.Change(subject.meta, subject.shape);
        }
      };
    }

    private void check(EngineSystem engine) throws Exception {
      Totals totals = engine.totalsNow().toCompletableFuture().get();
      List<PodRow> rows = engine.pods().toCompletableFuture().get();
      assertThat(totals.created()).isEqualTo(PODS).isEqualTo(totals.pods() + totals.deleted());
      assertThat(totals.pods()).isEqualTo(rows.size());
      assertThat(totals.ready()).isEqualTo(rows.stream().filter(PodRow::ready).count());
      assertThat(totals.restarts()).isEqualTo(rows.stream().mapToLong(PodRow::restarts).sum());
      assertThat(totals.rebuilt() + totals.abandoned() + totals.listenerFailures()).isZero();
    }

    private Subject subject(ObjectMeta meta) {
      return subjects.get((int) (RandomPods.seedOf(meta) - FIRST_SEED));
    }

    @Override
    public PodRuntime create(ObjectMeta meta, PodShape shape) {
      return subject(meta).runtime;
    }

    @Override
    public void changed(PodRuntime runtime, ObjectMeta meta, PodShape shape) {
      subject(meta).runtime.runtime().reshape(shape, List.of());
    }

    @Override
    public void status(PodState pod, long now) {
      subject(pod.apiMeta).life.status(pod, now);
    }

    @Override
    public void removed(ObjectMeta pod, long now) {
      subject(pod).life.removed(now);
    }

    @Override
    public void event(
        ObjectMeta pod, String container, String type, String reason, String message, long now) {
      subject(pod).life.event(container, type, reason, message, now);
    }
  }
}
