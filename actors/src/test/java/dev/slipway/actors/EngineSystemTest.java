package dev.slipway.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.runtime.Answers;
import dev.slipway.engine.runtime.ForwardingRuntime;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.TerminationRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

/** A small engine through its door. */
final class EngineSystemTest {
  private static final PodEvent EVICTED =
      new PodEvent.TerminateRequested(
          1, new TerminationRequest("Evicted", "evicted", "evicted", false, true));

  private static final Condition<PodRow> READY = new Condition<>(PodRow::ready, "ready");

  private static EngineSystem virtual(RuntimeFactory runtimes) {
    return EngineSystem.start(EngineSettings.of(2, EngineClock.virtual(0), runtimes));
  }

  private static <A> A get(CompletionStage<A> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static void submit(EngineSystem engine, EngineCommand command) {
    assertThat(engine.submit(engine.shardOf(command.uid()), command)).isTrue();
  }

  private static Map<String, PodRow> rows(EngineSystem engine) throws Exception {
    return get(engine.pods()).stream()
        .collect(Collectors.toMap(row -> row.meta().name(), row -> row));
  }

  @Test
  void podsRunAndAreDeleted() throws Exception {
    try (EngineSystem engine = virtual(Samples.AT_ONCE)) {
      List.of("a", "b", "c").forEach(name -> submit(engine, Samples.create(name)));
      get(engine.advanceTo(Samples.seconds(5)));
      assertThat(rows(engine).get("a"))
          .isEqualTo(new PodRow(Samples.meta("a"), PodPhase.RUNNING, "", true, 2, 2, 0));
      submit(engine, new EngineCommand.Delete("uid-a", null));
      get(engine.advanceTo(Samples.seconds(10)));
      assertThat(rows(engine)).containsOnlyKeys("b", "c");
      Totals totals = get(engine.totalsNow());
      assertThat(totals.created()).isEqualTo(3);
      assertThat(totals.running()).isEqualTo(2);
      assertThat(totals.deleted()).isEqualTo(1);
      assertThat(totals.starts()).isEqualTo(6);
    }
  }

  @Test
  void objectsOfFinishedPodsCanBeDeletedAndRemoved() throws Exception {
    try (EngineSystem engine = virtual(Samples.AT_ONCE)) {
      for (String name : List.of("a", "b")) {
        submit(engine, Samples.create(name));
        get(engine.advanceTo(Samples.seconds(5)));
        submit(engine, new EngineCommand.Send("uid-" + name, EVICTED));
      }
      get(engine.advanceTo(Samples.seconds(20)));
      assertThat(get(engine.totalsNow()).failed()).isEqualTo(2);
      ObjectMeta deleting = Samples.meta("a").withDeletion(Samples.seconds(21), 1, 2);
      submit(engine, new EngineCommand.Send("uid-a", new PodEvent.DeleteRequested(deleting)));
      submit(engine, new EngineCommand.Remove("uid-b"));
      get(engine.advanceTo(Samples.seconds(30)));
      Totals totals = get(engine.totalsNow());
      assertThat(totals.deleted()).isEqualTo(2);
      assertThat(totals.pods()).isZero();
    }
  }

  @Test
  void commandsAboutUnknownOrKnownPodsAreCountedAndIgnored() throws Exception {
    try (EngineSystem engine = virtual(Samples.AT_ONCE)) {
      submit(engine, new EngineCommand.Delete("uid-nobody", null));
      submit(engine, Samples.create("a"));
      submit(engine, Samples.create("a"));
      Totals totals = get(engine.totalsNow());
      assertThat(totals.ignored()).isEqualTo(2);
      assertThat(totals.created()).isEqualTo(1);
    }
  }

  @Test
  void failureOfOnePodTouchesNoOther() throws Exception {
    try (EngineSystem engine = virtual(Samples.AT_ONCE)) {
      List.of("a", "b").forEach(name -> submit(engine, Samples.create(name)));
      get(engine.advanceTo(Samples.seconds(5)));
      // No stop was asked for: the engine refuses.
      submit(engine, new EngineCommand.Send("uid-a", new PodEvent.StopDone(1, 99)));
      get(engine.advanceTo(Samples.seconds(10)));
      Totals totals = get(engine.totalsNow());
      assertThat(totals.rebuilt()).isEqualTo(1);
      assertThat(totals.running()).isEqualTo(2);
      assertThat(totals.created()).isEqualTo(2);
      assertThat(totals.starts()).isEqualTo(6);
      assertThat(rows(engine)).hasEntrySatisfying("a", READY);
    }
  }

  @Test
  void failureInsideAContainerRebuildsItsPod() throws Exception {
    AtomicInteger broken = new AtomicInteger(1);
    try (EngineSystem engine = virtual(failing(broken))) {
      submit(engine, Samples.create("a"));
      get(engine.advanceTo(Samples.seconds(5)));
      assertThat(get(engine.totalsNow()).rebuilt()).isEqualTo(1);
      assertThat(rows(engine)).hasEntrySatisfying("a", READY);
    }
  }

  @Test
  void podThatFailsAgainAndAgainIsGivenUpAndCanStillBeDeleted() throws Exception {
    AtomicInteger broken = new AtomicInteger(Integer.MAX_VALUE);
    try (EngineSystem engine = virtual(failing(broken))) {
      submit(engine, Samples.create("a"));
      get(engine.advanceTo(Samples.seconds(60)));
      Totals totals = get(engine.totalsNow());
      assertThat(totals.rebuilt()).isEqualTo(ShardActor.REBUILDS_MAX);
      assertThat(totals.abandoned()).isEqualTo(1);
      assertThat(totals.pods()).isEqualTo(1);
      submit(engine, new EngineCommand.Delete("uid-a", null));
      assertThat(get(engine.totalsNow()).deleted()).isEqualTo(1);
      assertThat(rows(engine)).isEmpty();
    }
  }

  /** Throws at so many starts of a process. */
  private static RuntimeFactory failing(AtomicInteger times) {
    return (meta, shape) ->
        new ForwardingRuntime(Samples.AT_ONCE.create(meta, shape)) {
          @Override
          public void startProcess(int container, long now, Answers out) {
            if (times.getAndDecrement() > 0) {
              throw new IllegalStateException("broken on purpose");
            }
            super.startProcess(container, now, out);
          }
        };
  }

  @Test
  void failingListenerIsCountedAndPodsGoOn() throws Exception {
    StatusListener throwing =
        new StatusListener() {
          @Override
          public void status(PodState pod, long now) {
            throw new IllegalStateException("broken on purpose");
          }
        };
    EngineSettings settings =
        EngineSettings.of(1, EngineClock.virtual(0), Samples.AT_ONCE).withListeners(_ -> throwing);
    try (EngineSystem engine = EngineSystem.start(settings)) {
      submit(engine, Samples.create("a"));
      get(engine.advanceTo(Samples.seconds(5)));
      assertThat(rows(engine)).hasEntrySatisfying("a", READY);
      assertThat(get(engine.totalsNow()).listenerFailures()).isPositive();
    }
  }

  @Test
  void commandsBeyondTheBoundAreRefused() throws Exception {
    EngineSettings settings = EngineSettings.of(1, EngineClock.virtual(0), Samples.AT_ONCE);
    try (EngineSystem engine = EngineSystem.start(settings)) {
      submit(engine, Samples.create("a"));
      // Takes long enough for what comes behind it to pile up.
      CompletionStage<Void> advance = engine.advanceTo(Samples.seconds(500_000));
      int taken = 0;
      while (taken <= CommandRoom.COMMANDS_MAX
          && engine.submit(0, new EngineCommand.Delete("uid-nobody", null))) {
        taken++;
      }
      assertThat(taken).isLessThanOrEqualTo(CommandRoom.COMMANDS_MAX);
      get(advance);
      assertThat(get(engine.totalsNow()).ignored()).isEqualTo(taken);
    }
  }

  @Test
  void transitionsTellBeforeAndAfter() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    StatusListener listener =
        new StatusListener() {
          @Override
          public void transition(PodState pod, PodRow before, PodRow after, long now) {
            seen.add(before.phase().text() + " " + after.phase().text() + " " + after.ready());
          }

          @Override
          public void removed(ObjectMeta pod, long now) {
            seen.add("removed");
          }
        };
    EngineSettings settings =
        EngineSettings.of(1, EngineClock.virtual(0), Samples.AT_ONCE).withListeners(_ -> listener);
    try (EngineSystem engine = EngineSystem.start(settings)) {
      submit(engine, Samples.create("a"));
      get(engine.advanceTo(Samples.seconds(5)));
      submit(engine, new EngineCommand.Delete("uid-a", null));
      get(engine.advanceTo(Samples.seconds(20)));
    }
    assertThat(seen).contains("Pending Running false", "Running Running true");
    assertThat(seen).endsWith("removed");
  }

  /** The clock is live but ours: ticks come in real time, time itself only when we say so. */
  @Test
  void liveTimeServesDeadlinesAtTheirOwnTimes() throws Exception {
    AtomicLong now = new AtomicLong(Samples.seconds(1_000));
    Map<String, Long> ready = new ConcurrentHashMap<>();
    LinkedBlockingQueue<String> removed = new LinkedBlockingQueue<>();
    StatusListener listener =
        new StatusListener() {
          @Override
          public void transition(PodState pod, PodRow before, PodRow after, long at) {
            if (after.ready()) {
              ready.putIfAbsent(after.meta().name(), at);
            }
          }

          @Override
          public void removed(ObjectMeta pod, long at) {
            removed.add(pod.name() + " " + (at - Samples.seconds(1_000)));
          }
        };
    EngineSettings settings =
        EngineSettings.of(1, new EngineClock.Live(now::get, Duration.ofMillis(1)), Samples.AT_ONCE)
            .withListeners(_ -> listener);
    try (EngineSystem engine = EngineSystem.start(settings)) {
      submit(engine, Samples.create("a"));
      get(engine.totalsNow());
      now.addAndGet(Samples.seconds(5));
      while (!ready.containsKey("a")) {
        Thread.onSpinWait();
      }
      submit(engine, new EngineCommand.Delete("uid-a", 0L));
      assertThat(removed.poll(30, TimeUnit.SECONDS)).startsWith("a ");
      assertThatThrownBy(() -> engine.advanceTo(0)).isInstanceOf(IllegalStateException.class);
    }
    assertThat(ready.get("a")).isBetween(Samples.seconds(1_000), Samples.seconds(1_002));
  }
}
