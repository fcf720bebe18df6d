package dev.slipway.ops.serve;

import dev.slipway.actors.EngineClock;
import dev.slipway.actors.EngineSettings;
import dev.slipway.actors.EngineSystem;
import dev.slipway.actors.StatusListener;
import dev.slipway.actors.Totals;
import dev.slipway.engine.api.Times;
import dev.slipway.ops.log.Console;
import dev.slipway.ops.pods.BothListeners;
import dev.slipway.ops.pods.PodDoor;
import dev.slipway.ops.pods.PodServer;
import dev.slipway.ops.pods.PortFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Drives the pods of a feed on simulated nodes in real time, until interrupted, done or over. One
 * thread reads the feed, the shards' threads drive, this one tells how they are.
 */
public final class Drive {
  private static final long TURN_MILLIS = 100;
  private static final long SHOW_NANOS = Times.SECOND;

  /** A feed that waits for its input is not waited for. */
  private static final long FEED_END_MILLIS = 2_000;

  private final DriveOptions options;
  private final PodFeed feed;
  private final RefusedLines refused;
  private final @Nullable StatusOutbox statuses;
  private final Console console;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> feedFailure = new AtomicReference<>();

  Drive(DriveOptions options, PodFeed feed, RefusedLines refused, Console console) {
    this(options, feed, refused, null, console);
  }

  /**
   * A run.
   *
   * @param statuses where the statuses go besides the door, null: nowhere
   */
  Drive(
      DriveOptions options,
      PodFeed feed,
      RefusedLines refused,
      @Nullable StatusOutbox statuses,
      Console console) {
    this.statuses = statuses;
    this.options = options;
    this.feed = feed;
    this.refused = refused;
    this.console = console;
  }

  /** Ends it; any thread may call it. */
  public void stop() {
    stop.countDown();
  }

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  /** Runs it; true if the feed could be read to its end or the end of the run. */
  public boolean run() throws IOException, InterruptedException {
    EngineClock.Live clock = EngineClock.live();
    PodDoor door = PodDoor.create(options.shards());
    EngineSettings settings =
        EngineSettings.of(
                options.shards(), clock, new ModelRuntimes(options.behavior(), options.seed()))
            .withListeners(shard -> listener(door.listener(shard)));
    EngineSystem engine = EngineSystem.start(settings);
    try (engine) {
      Intake intake = new Intake(engine, this::stopped);
      Binder binder = new Binder(options.nodes(), clock.now());
      List<String> nodes = Binder.names(options.nodes());
      try (PodServer server = PodServer.start(engine, door, nodes, options.port());
          PortFile _ = PortFile.write(server.port())) {
        say(
            "pods on %,d simulated nodes, %d shards, seed %d; http://127.0.0.1:%d; in another"
                    .formatted(options.nodes(), options.shards(), options.seed(), server.port())
                + " terminal: slipway get pods -A -w");
        Thread reader =
            Thread.ofPlatform().name("slipway-feed").daemon().unstarted(() -> read(intake, binder));
        reader.start();
        watch(engine, reader);
        stop();
        reader.join(FEED_END_MILLIS);
      }
    }
    say(StatusLine.last(engine.totals(), refused.count()));
    Throwable failure = feedFailure.get();
    if (failure != null) {
      console.error("the feed has ended early: " + failure);
    }
    return failure == null;
  }

  private StatusListener listener(StatusListener door) {
    return statuses == null ? door : new BothListeners(statuses, door);
  }

  private void say(String text) {
    console.info(text);
  }

  private void read(Intake intake, Binder binder) {
    try {
      feed.run(intake, binder);
    } catch (IOException | RuntimeException e) {
      feedFailure.set(e);
    }
  }

  private void watch(EngineSystem engine, Thread reader) throws InterruptedException {
    StatusLine line = new StatusLine();
    LateTimers lateness = new LateTimers();
    long began = System.nanoTime();
    long next = SHOW_NANOS;
    while (!stop.await(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
      long elapsed = System.nanoTime() - began;
      if (elapsed >= next) {
        next = Math.max(next + SHOW_NANOS, elapsed);
        if (!options.quiet()) {
          line.tell(
              console, elapsed, engine.totals(), heap(), refused.count(), lateness.lately(engine));
        }
      }
      boolean over = options.seconds() > 0 && elapsed >= options.seconds() * Times.SECOND;
      if (over || feedFailure.get() != null || (options.untilDone() && done(engine, reader))) {
        return;
      }
    }
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Everything the feed brought was taken, and every pod has ended. */
  private static boolean done(EngineSystem engine, Thread reader) {
    if (reader.isAlive()) {
      return false;
    }
    Totals totals = engine.totalsNow().toCompletableFuture().join();
    return totals.pending() + totals.running() + totals.unknown() == 0;
  }
}
