package dev.slipway.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.runtime.Answers;
import dev.slipway.engine.runtime.ObservedRuntime;
import dev.slipway.engine.runtime.RemoteRuntime;
import dev.slipway.engine.runtime.RuntimeOrder;
import dev.slipway.engine.runtime.RuntimeWake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What may stand behind the runtime port beside the model: a node elsewhere, a node watched. */
final class RuntimeAdaptersTest {
  private static final int APP = 1;
  private static final int PROXY = 0;

  private static <A> A get(CompletionStage<A> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static Totals await(EngineSystem engine, Predicate<Totals> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    Totals totals = get(engine.totalsNow());
    while (!condition.test(totals) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      totals = get(engine.totalsNow());
    }
    return totals;
  }

  // A node elsewhere.

  private static void runRemotely(int pods, int room, int speed, boolean refusals)
      throws Exception {
    long start = System.nanoTime();
    EngineClock.Live clock =
        new EngineClock.Live(
            () -> start + speed * (System.nanoTime() - start), Duration.ofMillis(1));
    try (MemoryNode node = new MemoryNode(room, _ -> Samples.SHAPE, clock.now());
        EngineSystem engine =
            EngineSystem.start(
                EngineSettings.of(
                    2, clock, (meta, shape) -> new RemoteRuntime(meta.uid(), shape.count, node)))) {
      node.connect(engine);
      for (int pod = 0; pod < pods; pod++) {
        EngineCommand create = Samples.create("p" + pod);
        assertThat(engine.submit(engine.shardOf(create.uid()), create)).isTrue();
      }
      assertThat(await(engine, totals -> totals.ready() == pods).ready()).isEqualTo(pods);
      for (int pod = 0; pod < pods; pod++) {
        String uid = "uid-p" + pod;
        assertThat(engine.submit(engine.shardOf(uid), new EngineCommand.Delete(uid, null)))
            .isTrue();
      }
      Totals end = await(engine, totals -> totals.deleted() == pods);
      assertThat(end.deleted()).isEqualTo(pods);
      assertThat(end.rebuilt()).isZero();
      assertThat(node.taken.get()).isPositive();
      assertThat(node.refused.get() > 0).isEqualTo(refusals);
    }
  }

  @Test
  void podsOnARemoteNodeRunAndAreDeleted() throws Exception {
    runRemotely(200, 10_000, 5, false);
  }

  @Test
  void ordersThereIsNoRoomForAreTriedAgainByTheRules() throws Exception {
    runRemotely(40, 4, 100, true);
  }

  /** Notes what a runtime answers. */
  private static final class Noted implements Answers {
    final List<Object> answers = new ArrayList<>();

    @Override
    public void pod(PodEvent event) {
      answers.add(event);
    }

    @Override
    public void container(int container, ContainerEvent event) {
      answers.add(event);
    }

    @Override
    public void wake(RuntimeWake wake, long at) {
      answers.add(at);
    }
  }

  @Test
  void everyOrderWithoutRoomFailsAtOnceAndOwedOnesGoOutFirst() {
    List<RuntimeOrder> sent = new ArrayList<>();
    boolean[] room = {false};
    RemoteRuntime runtime = new RemoteRuntime("uid", 2, order -> room[0] && sent.add(order));
    Noted out = new Noted();
    runtime.createSandbox(3, 0, out);
    runtime.createContainer(1, 7, 0, 0, out);
    runtime.execProbe(1, 7, ProbeType.LIVENESS, 0, out);
    runtime.removeRecord(1, 6, 0);
    runtime.stopSandbox(3, 0, out);
    assertThat(out.answers)
        .extracting(answer -> answer.getClass().getSimpleName())
        .containsExactly("SandboxFailed", "CreateFailed", "ProbeDone", "Long");
    assertThat(sent).isEmpty();
    room[0] = true;
    runtime.stopProcess(1, 30, 0, out);
    assertThat(sent)
        .containsExactly(
            new RuntimeOrder.RemoveRecord("uid", 1, 6),
            new RuntimeOrder.StopSandbox("uid", 3),
            new RuntimeOrder.StopProcess("uid", 1, 7, 30));
  }

  // A node that is watched.

  private static EngineSystem watching() {
    return EngineSystem.start(
        EngineSettings.of(
            1, EngineClock.virtual(0), (_, shape) -> new ObservedRuntime(shape.count)));
  }

  private static void saw(EngineSystem engine, BiConsumer<ObservedRuntime, Answers> fact) {
    EngineCommand command =
        new EngineCommand.Interfere(
            "uid-a", (runtime, _, out) -> fact.accept((ObservedRuntime) runtime, out));
    assertThat(engine.submit(0, command)).isTrue();
  }

  private static ContainerStatus app(EngineSystem engine) throws Exception {
    return get(engine.inspect(0, "uid-a"))
        .orElseThrow()
        .pod()
        .status()
        .containerStatuses()
        .getFirst();
  }

  @Test
  void observedPodDoesWhatItsNodeIsSeenToDo() throws Exception {
    try (EngineSystem engine = watching()) {
      engine.submit(0, Samples.create("a"));
      get(engine.advanceTo(Samples.seconds(30)));
      assertThat(app(engine).state()).isInstanceOf(ContainerState.Waiting.class);
      saw(engine, (runtime, out) -> runtime.sawSandbox("10.1.2.3", out));
      // The feed tells the app's start before the pod has come to order it.
      saw(engine, (runtime, out) -> runtime.sawStart(APP, out));
      saw(engine, (runtime, out) -> runtime.sawStart(PROXY, out));
      get(engine.advanceTo(Samples.seconds(40)));
      assertThat(app(engine).state()).isInstanceOf(ContainerState.Running.class);
      assertThat(app(engine).ready()).isFalse();
      saw(engine, (runtime, _) -> runtime.sawProbe(APP, ProbeType.READINESS, true));
      get(engine.advanceTo(Samples.seconds(50)));
      assertThat(app(engine).ready()).isTrue();
      assertThat(get(engine.pods()).getFirst().phase()).isEqualTo(PodPhase.RUNNING);
      saw(engine, (runtime, out) -> runtime.sawExit(APP, 3, "Error", "", out));
      get(engine.advanceTo(Samples.seconds(51)));
      assertThat(app(engine).ready()).isFalse();
      saw(engine, (runtime, out) -> runtime.sawStart(APP, out));
      get(engine.advanceTo(Samples.seconds(100)));
      assertThat(app(engine).restartCount()).isEqualTo(1);
      assertThat(app(engine).state()).isInstanceOf(ContainerState.Running.class);
      assertThat(get(engine.totalsNow()).rebuilt()).isZero();
    }
  }

  /** A process so short that the feed has its end only. */
  @Test
  void exitWithoutAStartSeenIsAStartAndAnExit() throws Exception {
    try (EngineSystem engine = watching()) {
      engine.submit(0, Samples.create("a"));
      saw(engine, (runtime, out) -> runtime.sawSandbox("10.1.2.3", out));
      saw(engine, (runtime, out) -> runtime.sawStart(PROXY, out));
      get(engine.advanceTo(Samples.seconds(5)));
      saw(engine, (runtime, out) -> runtime.sawExit(APP, 1, "Error", "", out));
      get(engine.advanceTo(Samples.seconds(6)));
      assertThat(app(engine).state()).isInstanceOf(ContainerState.Terminated.class);
      assertThat(get(engine.totalsNow()).rebuilt()).isZero();
    }
  }
}
