package dev.slipway.ops.demo;

import dev.slipway.actors.EngineClock;
import dev.slipway.actors.EngineSettings;
import dev.slipway.actors.EngineSystem;
import dev.slipway.actors.Totals;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.PodCodec;
import dev.slipway.ingest.kafka.EmbeddedBroker;
import dev.slipway.ingest.kafka.FeedProducer;
import dev.slipway.ingest.kafka.FeedStats;
import dev.slipway.ingest.kafka.KafkaFeed;
import dev.slipway.ingest.kafka.StatusReader;
import dev.slipway.ingest.kafka.StatusSink;
import dev.slipway.ingest.kafka.Topics;
import dev.slipway.ingest.manifest.JsonPodCodec;
import dev.slipway.ops.pods.BothListeners;
import dev.slipway.ops.pods.PodDoor;
import dev.slipway.ops.pods.PodLines;
import dev.slipway.ops.pods.PodServer;
import dev.slipway.ops.pods.PortFile;
import dev.slipway.ops.serve.ModelRuntimes;
import dev.slipway.ops.serve.StatusOutbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Builds the small cluster, runs it for its time, takes it down and adds it up. */
public final class Demo {
  /** One shard, one partition and one thread for each of two cores. */
  private static final int PARTITIONS = 2;

  private static final short REPLICATION = 1;
  private static final String GROUP = "slipway-demo";
  private static final long TURN_MILLIS = 100;
  private static final long SHOW_NANOS = Times.SECOND;

  /** What was written last has to come through Kafka before the engine stops. */
  private static final long LAST_RECORDS_NANOS_MAX = 20 * Times.SECOND;

  private final DemoOptions options;
  private final PrintWriter out;
  private final PrintWriter err;
  private final DemoScreen screen;
  private final PodCodec codec = new JsonPodCodec();
  private final PodLines lines = new PodLines();
  private final PodDoor door = PodDoor.create(PARTITIONS);
  private final CountDownLatch stop = new CountDownLatch(1);
  private Totals shown = Totals.NONE;
  private long shownAt;

  public Demo(DemoOptions options, PrintWriter out, PrintWriter err) {
    this.options = options;
    this.out = out;
    this.err = err;
    this.screen = new DemoScreen(out, options.terminal());
  }

  /** Ends it before its time; any thread may call it. */
  public void stop() {
    stop.countDown();
  }

  /** Runs it; true if everything adds up at the end. */
  public boolean run() throws IOException, InterruptedException {
    say("starting Kafka in this process");
    try (EmbeddedBroker broker = broker()) {
      String servers = broker.bootstrapServers();
      Topics.create(servers, PARTITIONS, REPLICATION);
      DemoSummary summary = withKafka(servers);
      summary.lines().forEach(out::println);
      out.flush();
      return summary.addsUp();
    }
  }

  private EmbeddedBroker broker() {
    Path data = options.data();
    return data == null ? EmbeddedBroker.start() : EmbeddedBroker.start(data);
  }

  private void say(String text) {
    err.println(text);
    err.flush();
  }

  private DemoSummary withKafka(String servers) throws IOException, InterruptedException {
    ModelRuntimes behavior = new ModelRuntimes(options.behavior(), options.seed());
    EngineClock.Live clock = EngineClock.live();
    try (StatusSink sink = StatusSink.connect(servers, Topics.POD_STATUS, codec);
        DemoObserver observer = new DemoObserver(servers, codec)) {
      StatusOutbox outbox = StatusOutbox.start(sink, lines::put, lines::remove);
      EngineSystem engine =
          EngineSystem.start(
              EngineSettings.of(PARTITIONS, clock, behavior)
                  .withListeners(shard -> new BothListeners(outbox, door.listener(shard))));
      long written;
      FeedStats feed;
      try (engine;
          outbox) {
        try (FeedProducer producer = FeedProducer.connect(servers, Topics.FEED, codec);
            KafkaFeed source =
                KafkaFeed.start(KafkaFeed.Settings.of(servers, GROUP), new FeedToEngine(engine))) {
          DemoCluster cluster =
              new DemoCluster(options, behavior, producer, lines, clock.now().getAsLong());
          serve(new Show(cluster, engine, source, sink, clock, observer));
          producer.flush();
          written = cluster.written();
          feed = lastRecords(source, written);
        }
        engine.close();
      }
      Collection<Pod> topic = StatusReader.read(servers, Topics.POD_STATUS, codec).values();
      return new DemoSummary(
          engine.totals(),
          written,
          feed.delivered(),
          feed.rejected(),
          sink.lost(),
          topic,
          observer.last());
    }
  }

  /** What there is to run and to look at. */
  private record Show(
      DemoCluster cluster,
      EngineSystem engine,
      KafkaFeed source,
      StatusSink sink,
      EngineClock.Live clock,
      DemoObserver observer) {}

  private void serve(Show show) throws IOException, InterruptedException {
    List<String> nodes = show.cluster.nodeNames();
    try (PodServer server = PodServer.start(show.engine, door, nodes, 0);
        PortFile address = PortFile.write(server.port())) {
      say(
          "%d pods of %d workloads on %d nodes for %d s; in another terminal: slipway get pods -A"
              .formatted(
                  options.pods(),
                  options.sources().size(),
                  show.cluster.nodes(),
                  options.seconds()));
      loop(show);
    }
  }

  private void loop(Show show) throws InterruptedException {
    long began = show.clock.now().getAsLong();
    long end = began + options.seconds() * Times.SECOND;
    long next = began + SHOW_NANOS;
    long now = began;
    while (now < end && !stop.await(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
      now = show.clock.now().getAsLong();
      show.cluster.turn(now);
      if (now >= next) {
        screen.show(figures(show, now - began));
        next = Math.max(next + SHOW_NANOS, now);
      }
      show.source.failure().ifPresent(Demo::feedFailed);
    }
  }

  private static void feedFailed(Throwable cause) {
    throw new IllegalStateException("the feed has stopped", cause);
  }

  private DemoFigures figures(Show show, long elapsed) {
    Totals totals = show.engine.totals();
    Totals before = shown;
    double seconds = Math.max(1, elapsed - shownAt) / (double) Times.SECOND;
    shown = totals;
    shownAt = elapsed;
    return new DemoFigures(
        elapsed / Times.SECOND,
        options.seconds(),
        totals,
        Math.round((totals.starts() - before.starts()) / seconds),
        Math.round((totals.messages() - before.messages()) / seconds),
        show.cluster.written(),
        show.source.stats(),
        show.sink.written(),
        show.observer.seen(),
        lines.list(""));
  }

  private static FeedStats lastRecords(KafkaFeed source, long written) throws InterruptedException {
    long deadline = System.nanoTime() + LAST_RECORDS_NANOS_MAX;
    FeedStats stats = source.stats();
    while (stats.delivered() + stats.rejected() < written && System.nanoTime() < deadline) {
      Thread.sleep(TURN_MILLIS);
      stats = source.stats();
    }
    return stats;
  }
}
