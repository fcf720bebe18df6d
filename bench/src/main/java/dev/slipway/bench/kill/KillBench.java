package dev.slipway.bench.kill;

import dev.slipway.ingest.service.Output;
import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ingest.service.ServiceTopics;
import dev.slipway.ops.cli.Main;
import dev.slipway.ops.observe.Observe;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Runs the service on a feed twice, once killed and once not, and compares. */
public final class KillBench {
  private static final String FEED = "feed";
  private static final String KILLED = "killed.";
  private static final String CALM = "calm.";
  private static final int SERVICE_HEAP_MB = 512;
  private static final int BROKER_HEAP_MB = 768;

  /** One kill in so many comes while the process starts, joins and restores. */
  private static final int EARLY_IN = 4;

  private static final int EARLY_MILLIS_MAX = 4_000;

  /** The others come within so long after its first commit. */
  private static final int WORK_MILLIS_MAX = 2_500;

  /** What a start, a restore and the work before a kill take together, roughly: paces the feed. */
  private static final int TURN_MILLIS = 5_000;

  private static final long READY_SECONDS_MAX = 60;
  private static final long DONE_SECONDS_MAX = 600;
  private static final long CHUNK_MILLIS = 50;

  private final KillOptions options;
  private final PrintWriter err;
  private final SplittableRandom random;
  private final Processes processes;
  private final int port;
  private final List<Optional<Running>> services = new ArrayList<>();
  private @Nullable Process broker;

  /** A service and what it says. */
  private record Running(Process process, Path log) {}

  private KillBench(KillOptions options, PrintWriter err) throws IOException {
    this.options = options;
    this.err = err;
    this.random = new SplittableRandom(options.seed());
    this.processes = new Processes(options.directory());
    this.port = freePort();
  }

  /** Runs it; what went on is told to {@code err}. */
  public static KillReport run(KillOptions options, PrintWriter err)
      throws IOException, InterruptedException {
    Files.createDirectories(options.directory());
    var bench = new KillBench(options, err);
    try {
      return bench.run();
    } finally {
      for (Optional<Running> service : bench.services) {
        if (service.isPresent()) {
          Processes.kill(service.get().process());
        }
      }
      Process left = bench.broker;
      if (left != null) {
        Processes.kill(left);
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String servers() {
    return "127.0.0.1:" + port;
  }

  private void say(String format, Object... values) {
    err.println(String.format(Locale.ROOT, format, values));
    err.flush();
  }

  private KillReport run() throws IOException, InterruptedException {
    long began = System.nanoTime();
    List<LivesFeed.Line> feed = LivesFeed.of(options.pods(), options.seed());
    say("a feed of %,d records, %,d pods, seed %d", feed.size(), options.pods(), options.seed());
    startBroker();
    ServiceSettings settings = ServiceSettings.of(servers(), FEED);
    ServiceTopics.createFeed(settings, options.partitions());
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    long millis = options.kills() * (long) TURN_MILLIS;
    Thread feeder = Thread.ofPlatform().unstarted(() -> feed(feed, millis, failure));
    feeder.start();
    int working = killAndRestart();
    feeder.join();
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("the feed could not be written", cause);
    }
    untilDone("killed", KILLED);
    say("the killed run is done; the undisturbed one begins");
    untilDone("calm", CALM);
    Outputs calm = Outputs.read(servers(), CALM);
    Comparison comparison = Comparison.of(calm, Outputs.read(servers(), KILLED));
    if (!comparison.shown.isEmpty()) {
      say("%s", comparison.shown);
    }
    return new KillReport(
        options.kills(),
        working,
        options.brokerRestarts(),
        options.instances(),
        feed.size(),
        comparison.records,
        comparison.lost,
        comparison.duplicated,
        comparison.different,
        calm.of(Output.FINDINGS).values().stream().mapToLong(List::size).sum(),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
  }

  private void startBroker() throws IOException, InterruptedException {
    Path log = options.directory().resolve("broker.log");
    long seen = Files.exists(log) ? readyLines(log) : 0;
    Process process =
        processes.start(
            "broker",
            BrokerMain.class,
            List.of(options.directory().resolve("kafka").toString(), Integer.toString(port)),
            BROKER_HEAP_MB);
    broker = process;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS_MAX);
    while (readyLines(log) == seen) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("the broker did not start: " + log);
      }
      Thread.sleep(CHUNK_MILLIS);
    }
  }

  private static long readyLines(Path log) throws IOException {
    try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> line.equals(BrokerMain.READY)).count();
    }
  }

  private Process service(String log, String prefix, List<String> more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "serve",
                "--mode",
                "observe",
                "--feed",
                "kafka://" + servers() + "/" + FEED,
                "--group",
                prefix + "group",
                "--topic-prefix",
                prefix));
    arguments.addAll(more);
    return processes.start(log, Main.class, arguments, SERVICE_HEAP_MB);
  }

  /**
   * Starts, waits, kills one of them; gives how many were killed after they had begun to commit.
   * The first service has a name and gets its partitions back; the others have none, so theirs move
   * when they are missed and when they come again.
   */
  private int killAndRestart() throws IOException, InterruptedException {
    for (int slot = 0; slot < options.instances(); slot++) {
      services.add(Optional.empty());
    }
    int working = 0;
    int brokersDown = 0;
    for (int kill = 1; kill <= options.kills(); kill++) {
      for (int slot = 0; slot < options.instances(); slot++) {
        if (services.get(slot).isEmpty()) {
          services.set(slot, Optional.of(startService(kill, slot)));
        }
      }
      int slot = options.instances() == 1 ? 0 : random.nextInt(options.instances());
      Running victim = services.get(slot).orElseThrow();
      long life = life(victim.process(), victim.log());
      boolean worked = hasCommitted(victim.log());
      working += worked ? 1 : 0;
      Processes.kill(victim.process());
      services.set(slot, Optional.empty());
      say(
          "kill %d, of service %d, after %d ms%s",
          kill, slot, life, worked ? "" : ", before it had committed");
      if (brokersDown < options.brokerRestarts()
          && kill * (options.brokerRestarts() + 1) >= options.kills() * (brokersDown + 1)) {
        brokersDown++;
        restartBroker();
      }
    }
    endOthers();
    return working;
  }

  private Running startService(int kill, int slot) throws IOException {
    String name = "service-" + kill + "-" + slot;
    List<String> identity = slot == 0 ? List.of("--instance", KILLED + "one") : List.of();
    Process process = service(name, KILLED, identity);
    return new Running(process, options.directory().resolve(name + ".log"));
  }

  /** Those that were not killed are told to end: in order, with exit code 0. */
  private void endOthers() throws InterruptedException {
    for (Optional<Running> service : services) {
      if (service.isPresent()) {
        Process process = service.get().process();
        process.destroy();
        boolean ended = process.waitFor(READY_SECONDS_MAX, TimeUnit.SECONDS);
        if (!ended || process.exitValue() != 0) {
          throw new IllegalStateException(
              "the service did not end in order: " + service.get().log());
        }
      }
    }
  }

  /** Lets the service live until its random instant; gives how long it has. */
  private long life(Process service, Path log) throws IOException, InterruptedException {
    long began = System.nanoTime();
    boolean early = random.nextInt(EARLY_IN) == 0;
    int millis = random.nextInt(early ? EARLY_MILLIS_MAX : WORK_MILLIS_MAX);
    while (!early && !hasCommitted(log) && seconds(began) < READY_SECONDS_MAX) {
      if (service.waitFor(CHUNK_MILLIS, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    if (service.waitFor(millis, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the service ended by itself: " + log);
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  private static long seconds(long began) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
  }

  /** The next service begins while the broker is away. */
  private void restartBroker() throws IOException, InterruptedException {
    Process old = broker;
    if (old != null) {
      Processes.kill(old);
    }
    startBroker();
    say("the broker was killed and started again");
  }

  private static boolean hasCommitted(Path log) throws IOException {
    try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines.anyMatch(line -> line.startsWith(Observe.FIRST_COMMIT));
    }
  }

  private void untilDone(String log, String prefix) throws IOException, InterruptedException {
    Process service = service(log, prefix, List.of("--until-done", "--instance", prefix + "one"));
    if (!service.waitFor(DONE_SECONDS_MAX, TimeUnit.SECONDS)) {
      Processes.kill(service);
      throw new IllegalStateException("the service did not come to the end of the feed: " + log);
    }
    if (service.exitValue() != 0) {
      throw new IllegalStateException(
          "the service failed: code=" + service.exitValue() + " log=" + log);
    }
  }

  /** Writes the feed, spread over so much time. */
  private void feed(
      List<LivesFeed.Line> feed, long millis, AtomicReference<@Nullable Throwable> failure) {
    var serializer = new ByteArraySerializer();
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers(),
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            120_000,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            120_000L,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4");
    try (var producer = new KafkaProducer<byte[], byte[]>(settings, serializer, serializer)) {
      long began = System.nanoTime();
      int sent = 0;
      while (sent < feed.size() && failure.get() == null) {
        long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        long due = Math.min(feed.size(), 1 + feed.size() * elapsed / Math.max(1, millis));
        for (; sent < due; sent++) {
          send(producer, feed.get(sent), failure);
        }
        Thread.sleep(CHUNK_MILLIS);
      }
      producer.flush();
    } catch (InterruptedException e) {
      failure.set(e);
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer,
      LivesFeed.Line line,
      AtomicReference<@Nullable Throwable> failure) {
    int partition = Math.floorMod(line.key().hashCode(), options.partitions());
    producer.send(
        new ProducerRecord<>(
            FEED,
            partition,
            line.atMillis(),
            line.key().getBytes(StandardCharsets.UTF_8),
            line.value()),
        (_, failed) -> {
          if (failed != null) {
            failure.compareAndSet(null, failed);
          }
        });
  }
}
