package dev.slipway.bench.live;

import dev.slipway.actors.EngineClock;
import dev.slipway.actors.EngineCommand;
import dev.slipway.actors.EngineSettings;
import dev.slipway.actors.EngineSystem;
import dev.slipway.actors.ShardSize;
import dev.slipway.actors.Totals;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.runtime.ScriptedRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** One run of the harness, phase after phase. */
final class LiveRun {
  private static final String SHARD_THREADS = "slipway-shards";
  private static final long POLL_NANOS = 1_000_000;
  private static final long SETTLE_MILLIS = 2_000;
  private static final long SEED = 20_260_101;

  /** A killed container's status is awaited so long. */
  private static final long LAST_STATUS_MILLIS = 3_000;

  private final LiveOptions options;
  private final Consumer<String> progress;
  private final LivePods pods;
  private final LiveFigures figures = new LiveFigures();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final AtomicLongArray due;
  private final List<StatusWatch> watches = new ArrayList<>();
  private final byte[] lives;

  LiveRun(LiveOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    this.pods = new LivePods(options);
    this.due = new AtomicLongArray(options.pods());
    this.lives = new byte[options.pods()];
    for (int shard = 0; shard < options.shards(); shard++) {
      watches.add(new StatusWatch(due));
    }
  }

  LiveFigures run() throws InterruptedException {
    if (options.raw()) {
      raw();
    }
    EngineSettings settings =
        EngineSettings.of(options.shards(), EngineClock.live(), pods.runtimes())
            .withListeners(watches::get);
    long heap = Machine.heapAfterCollection();
    EngineSystem engine = EngineSystem.start(settings);
    create(engine);
    figures.heapBytesPerPod = (double) (Machine.heapAfterCollection() - heap) / options.pods();
    say("heap per pod %,.0f B", figures.heapBytesPerPod);
    // What fell into the collection is made up for within a period.
    Thread.sleep(options.period().toMillis() + SETTLE_MILLIS);
    join(engine.timerLateness());
    probesOnly(engine);
    withEvents(engine);
    underLoad(engine);
    if (options.churn().isPositive()) {
      churn(engine);
    }
    long began = System.nanoTime();
    engine.close();
    figures.stopSeconds = seconds(began);
    return figures;
  }

  // Bare actors.

  private void raw() throws InterruptedException {
    long heap = Machine.heapAfterCollection();
    try (RawActors raw = new RawActors(options.shards())) {
      long began = System.nanoTime();
      raw.spawn(options.pods(), options.containers());
      figures.rawSpawnPerSecond = options.actors() / seconds(began);
      say("bare actors: %,.0f spawned a second", figures.rawSpawnPerSecond);
      figures.rawHeapBytesPerPod = (double) (Machine.heapAfterCollection() - heap) / options.pods();
      load(raw, options.load().toNanos() / 2);
      long before = raw.taken();
      began = System.nanoTime();
      load(raw, options.load().toNanos());
      figures.rawMessagesPerSecond = (raw.taken() - before) / seconds(began);
      say("bare actors: %,.0f messages a second", figures.rawMessagesPerSecond);
    }
  }

  private void load(RawActors raw, long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      int pod = random.nextInt(options.pods());
      while (!raw.ping(pod)) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  // The engine.

  private void create(EngineSystem engine) {
    long cpu = Machine.processNanos();
    long began = System.nanoTime();
    for (int pod = 0; pod < options.pods(); pod++) {
      submit(engine, pod, new EngineCommand.Create(pods.meta(pod, 0), pods.shape(pod, false)));
    }
    await(engine, totals -> totals.created() >= options.pods());
    figures.spawnPerSecond = options.actors() / seconds(began);
    await(engine, totals -> totals.ready() >= options.pods());
    double wall = seconds(began);
    figures.podsReadyPerSecond = options.pods() / wall;
    figures.readyCpuMillisPerPod = (Machine.processNanos() - cpu) / 1e6 / options.pods();
    say(
        "%,d pods Ready after %.1f s, %.3f ms of processor time each",
        options.pods(), wall, figures.readyCpuMillisPerPod);
  }

  private void probesOnly(EngineSystem engine) throws InterruptedException {
    Totals before = join(engine.totalsNow());
    long cpu = Machine.processNanos();
    long shards = Machine.threadNanos(SHARD_THREADS);
    long began = System.nanoTime();
    Thread.sleep(options.duration().dividedBy(2));
    double wall = seconds(began);
    figures.probeCores = (Machine.processNanos() - cpu) / 1e9 / wall;
    figures.shardCores = (Machine.threadNanos(SHARD_THREADS) - shards) / 1e9 / wall;
    Totals after = join(engine.totalsNow());
    figures.probesPerSecond = (after.probes() - before.probes()) / wall;
    figures.timersPerSecond = (after.timers() - before.timers()) / wall;
    figures.lateness.add(join(engine.timerLateness()));
    say(
        "%,.0f probes a second take %.2f cores, lateness p99 %.1f ms",
        figures.probesPerSecond,
        figures.probeCores,
        figures.lateness.getValueAtPercentile(99) / 1e6);
  }

  /** A container is killed at each moment of a fixed plan, however late the harness is. */
  private void withEvents(EngineSystem engine) throws InterruptedException {
    watches.forEach(StatusWatch::start);
    int app = pods.app();
    long step = 1_000_000_000L / Math.max(1, options.eventRate());
    long began = System.nanoTime();
    long count = Math.min(options.pods(), options.duration().toNanos() / 2 / step);
    int stride = strideOf(options.pods());
    for (long k = 0; k < count; k++) {
      long moment = began + k * step;
      while (System.nanoTime() < moment) {
        LockSupport.parkNanos(moment - System.nanoTime());
      }
      int pod = (int) (k * stride % options.pods());
      due.set(pod, moment);
      submit(
          engine,
          pod,
          new EngineCommand.Interfere(
              pods.meta(pod, 0).uid(),
              (runtime, now, out) -> ((ScriptedRuntime) runtime).kill(app, 1, now, out)));
    }
    Thread.sleep(LAST_STATUS_MILLIS);
    Histogram taken = new Histogram(1_000, 900_000_000_000L, 2);
    watches.forEach(watch -> taken.add(watch.taken()));
    figures.eventToStatus = taken;
    figures.events = count;
    figures.lateness.add(join(engine.timerLateness()));
    say("%,d containers killed, %,d statuses seen", count, taken.getTotalCount());
  }

  /** Some number without a common factor, far from the neighbour. */
  private static int strideOf(int pods) {
    int stride = (int) (pods * 0.618) | 1;
    while (gcd(stride, pods) != 1) {
      stride += 2;
    }
    return stride;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Updates of random pods' objects, as many as go in. */
  private void underLoad(EngineSystem engine) {
    update(engine, options.load().toNanos() / 2);
    Totals before = join(engine.totalsNow());
    long began = System.nanoTime();
    long updates = update(engine, options.load().toNanos());
    Totals after = join(engine.totalsNow());
    double wall = seconds(began);
    figures.messagesPerSecond = (updates + after.messages() - before.messages()) / wall;
    figures.updatesPerSecond = updates / wall;
    say("%,.0f messages a second under load", figures.messagesPerSecond);
  }

  private long update(EngineSystem engine, long nanos) {
    long end = System.nanoTime() + nanos;
    long updates = 0;
    while (System.nanoTime() < end) {
      int pod = random.nextInt(options.pods());
      ObjectMeta meta = pods.meta(pod, lives[pod]);
      submit(engine, pod, new EngineCommand.Change(meta, pods.shape(pod, updates++ % 2 == 0)));
    }
    return updates;
  }

  private void churn(EngineSystem engine) throws InterruptedException {
    ShardSize sizeBefore = settled(engine);
    long heapBefore = Machine.heapAfterCollection();
    double perNano = options.pods() * options.churnPercent() / 100 / 60e9;
    long began = System.nanoTime();
    long half = began + options.churn().toNanos() / 2;
    long end = began + options.churn().toNanos();
    long heapHalfway = 0;
    long replaced = 0;
    while (System.nanoTime() < end) {
      long target = (long) ((System.nanoTime() - began) * perNano);
      for (; replaced < target; replaced++) {
        replace(engine, (int) (replaced % options.pods()));
      }
      if (heapHalfway == 0 && System.nanoTime() > half) {
        heapHalfway = Machine.heapAfterCollection();
        say("churn halfway: %,d replaced, heap %,d B", replaced, heapHalfway);
      }
      Thread.sleep(10);
    }
    ShardSize sizeAfter = settled(engine);
    figures.churn =
        new LiveFigures.ChurnFigures(
            replaced,
            heapBefore,
            heapHalfway,
            Machine.heapAfterCollection(),
            sizeBefore.pods(),
            sizeAfter.pods(),
            sizeBefore.deadlines(),
            sizeAfter.deadlines());
  }

  /** The shards' size when no pod is on its way out. */
  private ShardSize settled(EngineSystem engine) throws InterruptedException {
    await(engine, totals -> totals.ready() >= options.pods());
    Thread.sleep(options.period().plus(Duration.ofSeconds(5)));
    return join(engine.size());
  }

  /** The API server takes the object away once its containers have ended. */
  private void replace(EngineSystem engine, int pod) {
    submit(engine, pod, new EngineCommand.Delete(pods.meta(pod, lives[pod]).uid(), 1L));
    lives[pod]++;
    ObjectMeta next = pods.meta(pod, lives[pod]);
    submit(engine, pod, new EngineCommand.Create(next, pods.shape(pod, false)));
  }

  private void submit(EngineSystem engine, int pod, EngineCommand command) {
    while (!engine.submit(pod % options.shards(), command)) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static void await(EngineSystem engine, java.util.function.Predicate<Totals> reached) {
    while (!reached.test(engine.totals())) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static <A> A join(java.util.concurrent.CompletionStage<A> stage) {
    return stage.toCompletableFuture().join();
  }

  private void say(String format, Object... arguments) {
    progress.accept(String.format(Locale.ROOT, format, arguments));
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
