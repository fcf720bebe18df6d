package dev.slipway.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.runtime.Answers;
import dev.slipway.engine.runtime.ForwardingRuntime;
import dev.slipway.engine.state.PodState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.Test;

/** Actors that are killed from outside, and runtimes that break so badly that their actor dies. */
final class PodFailureTest {
  private static <A> A get(CompletionStage<A> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static EngineSystem virtual(RuntimeFactory runtimes) {
    return EngineSystem.start(EngineSettings.of(1, EngineClock.virtual(0), runtimes));
  }

  private static Map<String, PodRow> rows(EngineSystem engine) throws Exception {
    return get(engine.pods()).stream()
        .collect(Collectors.toMap(row -> row.meta().name(), row -> row));
  }

  /** Kills whoever the path below a shard names, and lets the killing happen. */
  private static void kill(EngineSystem engine, String path) throws Exception {
    ActorSystem classic = Adapter.toClassic(engine.system());
    long before = get(engine.totalsNow()).rebuilt();
    classic.actorSelection("/user/shard-0/" + path).tell(Kill.getInstance(), null);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (get(engine.totalsNow()).rebuilt() == before && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  @Test
  void podWithAKilledContainerActorIsBuiltAnew() throws Exception {
    try (EngineSystem engine = virtual(Samples.AT_ONCE)) {
      engine.submit(0, Samples.create("a"));
      get(engine.advanceTo(Samples.seconds(5)));
      assertThat(rows(engine).get("a")).returns(true, PodRow::ready);
      kill(engine, "*/*");
      assertThat(get(engine.totalsNow()).rebuilt()).isEqualTo(1);
      get(engine.advanceTo(Samples.seconds(10)));
      assertThat(rows(engine).get("a")).returns(true, PodRow::ready);
      assertThat(get(engine.totalsNow()).starts()).isEqualTo(4);
    }
  }

  @Test
  void killedPodActorIsBuiltAnewAndCanStillBeDeleted() throws Exception {
    try (EngineSystem engine = virtual(Samples.AT_ONCE)) {
      engine.submit(0, Samples.create("a"));
      get(engine.advanceTo(Samples.seconds(5)));
      kill(engine, "*");
      get(engine.advanceTo(Samples.seconds(10)));
      assertThat(rows(engine).get("a")).returns(true, PodRow::ready);
      engine.submit(0, new EngineCommand.Delete("uid-a", null));
      get(engine.advanceTo(Samples.seconds(30)));
      assertThat(rows(engine)).isEmpty();
    }
  }

  /** An error is no exception, and all the same the pod's alone. */
  @Test
  void errorInsideAContainerRebuildsThePodAndNoOther() throws Exception {
    AtomicInteger once = new AtomicInteger(1);
    RuntimeFactory failing =
        (meta, shape) ->
            new ForwardingRuntime(Samples.AT_ONCE.create(meta, shape)) {
              @Override
              public void execProbe(
                  int container, int recordId, ProbeType type, long now, Answers out) {
                if (meta.name().equals("a") && once.getAndDecrement() > 0) {
                  throw new AssertionError("broken on purpose");
                }
                super.execProbe(container, recordId, type, now, out);
              }
            };
    try (EngineSystem engine = virtual(failing)) {
      engine.submit(0, Samples.create("a"));
      engine.submit(0, Samples.create("b"));
      get(engine.advanceTo(Samples.seconds(10)));
      assertThat(get(engine.totalsNow()).rebuilt()).isEqualTo(1);
      assertThat(rows(engine).values()).allMatch(PodRow::ready);
      assertThat(get(engine.totalsNow()).starts()).isEqualTo(6);
    }
  }

  @Test
  void stoppingAnEngineIsNoFailureOfItsPods() throws Exception {
    EngineSystem engine = virtual(Samples.AT_ONCE);
    engine.submit(0, Samples.create("a"));
    get(engine.advanceTo(Samples.seconds(5)));
    engine.close();
    assertThat(engine.totals().rebuilt()).isZero();
  }

  @Test
  void visitorsSeeEveryPodOnceAndThoseAskedForInTheirOrder() throws Exception {
    try (EngineSystem engine = virtual(Samples.AT_ONCE)) {
      for (int pod = 0; pod < 2_000; pod++) {
        engine.submit(0, Samples.create("p" + pod));
      }
      get(engine.advanceTo(Samples.seconds(5)));
      List<String> seen = new ArrayList<>();
      get(
          engine.scan(
              0,
              (row, state) -> {
                assertThat(state).isNotNull();
                seen.add(row.meta().name());
              }));
      assertThat(seen).hasSize(2_000).doesNotHaveDuplicates();
      List<String> asked = new ArrayList<>();
      get(
          engine.visit(
              0,
              List.of("uid-p7", "uid-nobody", "uid-p3"),
              (row, _) -> asked.add(row.meta().name())));
      assertThat(asked).containsExactly("p7", "p3");
    }
  }

  @Test
  void inspectionTellsContainersProbesAndDeadlines() throws Exception {
    try (EngineSystem engine = virtual(Samples.AT_ONCE)) {
      engine.submit(0, Samples.create("a"));
      get(engine.advanceTo(Samples.seconds(5)));
      assertThat(get(engine.inspect(0, "uid-nobody"))).isEmpty();
      PodInspection pod = get(engine.inspect(0, "uid-a")).orElseThrow();
      assertThat(pod.worker()).isEqualTo(PodState.Worker.SYNCING);
      assertThat(pod.now()).isEqualTo(Samples.seconds(5));
      assertThat(pod.pod().status().containerStatuses()).hasSize(1);
      assertThat(pod.containers())
          .extracting(PodInspection.OfContainer::name)
          .containsExactly("proxy", "app");
      PodInspection.OfContainer app = pod.containers().get(1);
      assertThat(app.alive()).isTrue();
      assertThat(app.probes())
          .extracting(PodInspection.OfProbe::type)
          .containsExactly(ProbeType.READINESS);
      assertThat(app.armed())
          .extracting(PodInspection.Armed::at)
          .containsExactly(Samples.seconds(6));
    }
  }
}
