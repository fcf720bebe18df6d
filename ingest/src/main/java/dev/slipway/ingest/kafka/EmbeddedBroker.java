package dev.slipway.ingest.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole Kafka broker inside this process: one KRaft node that is controller and broker, on the
 * loopback address. For the demo and the tests; replication factor 1, no security of its own, sized
 * for a machine that does other work as well.
 *
 * <p>A directory given by the caller keeps its data, and a later broker started on it finds the
 * same topics and offsets, whatever its ports. A temporary directory goes with {@link #close}.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  /**
   * A free port may be taken between finding and binding it; three losses in a row are not bad luck
   * any more.
   */
  private static final int START_ATTEMPTS_MAX = 3;

  private static final int NODE_ID = 1;

  /** The file the storage formatter writes last. */
  private static final String FORMATTED_MARK = "meta.properties";

  private static final String HOST = "127.0.0.1";

  private final KafkaRaftServer server;
  private final DirectoryLock lock;
  private final Path directory;
  private final boolean temporary;
  private final int port;
  private boolean closed;

  private EmbeddedBroker(
      KafkaRaftServer server, DirectoryLock lock, Path directory, boolean temporary, int port) {
    this.server = server;
    this.lock = lock;
    this.directory = directory;
    this.temporary = temporary;
    this.port = port;
  }

  /**
   * Starts a broker on a free port with its data in a temporary directory that {@link #close}
   * removes.
   */
  public static EmbeddedBroker start() {
    try {
      return start(Files.createTempDirectory("slipway-kafka-"), true, 0, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a temporary directory for the broker", e);
    }
  }

  /**
   * As {@link #start()}, with settings of the broker that go over its own, in Kafka's names. The
   * clients' listener is {@code CLIENT}.
   */
  public static EmbeddedBroker start(Map<String, String> settings) {
    try {
      return start(Files.createTempDirectory("slipway-kafka-"), true, 0, settings);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a temporary directory for the broker", e);
    }
  }

  /**
   * Starts a broker on a free port with its data in {@code directory}, which is created if need be
   * and kept.
   */
  public static EmbeddedBroker start(Path directory) {
    return start(directory, false, 0, Map.of());
  }

  /** As {@link #start(Path)}, with the port clients connect to; 0 takes a free one. */
  public static EmbeddedBroker start(Path directory, int port) {
    return start(directory, false, port, Map.of());
  }

  /** What clients put into {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  public Path directory() {
    return directory;
  }

  /**
   * Why Kafka wanted to end this process since the last broker was started, empty if it did not.
   * Kafka's exit is global, so with several brokers in one process it may have been any of them.
   */
  public Optional<String> failure() {
    return Optional.ofNullable(KafkaExit.last());
  }

  /** Stops broker and controller in order and waits for both. Calling it again does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stop(server);
    release(lock, directory, temporary);
  }

  private static EmbeddedBroker start(
      Path directory, boolean temporary, int wantedPort, Map<String, String> more) {
    KafkaExit.prevent();
    DirectoryLock lock = DirectoryLock.acquire(directory);
    try {
      return startLocked(lock, directory, temporary, wantedPort, more);
    } catch (RuntimeException e) {
      release(lock, directory, temporary);
      throw new IllegalStateException(
          "embedded broker did not start: directory=%s cause=%s"
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  private static EmbeddedBroker startLocked(
      DirectoryLock lock,
      Path directory,
      boolean temporary,
      int wantedPort,
      Map<String, String> more) {
    for (int attempt = 1; ; attempt++) {
      Ports ports = Ports.free(wantedPort);
      try {
        return new EmbeddedBroker(
            startServer(directory, ports, more), lock, directory, temporary, ports.broker());
      } catch (RuntimeException e) {
        LOG.debug("broker did not start: attempt={} ports={}", attempt, ports, e);
        if (attempt == START_ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  private static KafkaRaftServer startServer(
      Path directory, Ports ports, Map<String, String> more) {
    Path data = directory.resolve("data");
    format(data);
    Map<String, String> settings = new HashMap<>(settings(data, ports));
    settings.putAll(more);
    var config = new KafkaConfig(settings, false);
    var server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      stop(server);
      throw e;
    }
  }

  /**
   * Writes the cluster's identity where there is none yet, as {@code kafka-storage format} does.
   */
  private static void format(Path data) {
    if (Files.exists(data.resolve(FORMATTED_MARK))) {
      return;
    }
    try {
      Files.createDirectories(data);
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE_ID)
          .setDirectories(List.of(data.toString()))
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName("CONTROLLER")
          .setHasDynamicQuorum(false)
          .run();
    } catch (Exception e) {
      throw new IllegalStateException("cannot format the broker's directory: directory=" + data, e);
    }
  }

  private static Map<String, String> settings(Path data, Ports ports) {
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", Integer.toString(NODE_ID)),
        Map.entry("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + ports.controller()),
        Map.entry("controller.listener.names", "CONTROLLER"),
        Map.entry(
            "listeners",
            "CLIENT://%s:%d,CONTROLLER://%s:%d"
                .formatted(HOST, ports.broker(), HOST, ports.controller())),
        Map.entry("advertised.listeners", "CLIENT://" + HOST + ":" + ports.broker()),
        Map.entry("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        Map.entry("inter.broker.listener.name", "CLIENT"),
        Map.entry("log.dirs", data.toString()),
        // one node holds everything
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        // few groups and few transactional ids: 50 partitions of each would only cost start-up time
        Map.entry("offsets.topic.num.partitions", "2"),
        Map.entry("transaction.state.log.num.partitions", "4"),
        Map.entry("share.coordinator.state.topic.num.partitions", "1"),
        // nobody else is going to join: assign partitions at once
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        // a topic is made by Topics or not at all
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("message.max.bytes", Integer.toString(Topics.RECORD_BYTES_MAX)),
        // a start that takes longer has failed, whatever it still waits for
        Map.entry("server.max.startup.time.ms", "60000"),
        // a share of the machine, the engine needs the rest
        Map.entry("num.network.threads", "2"),
        Map.entry("num.io.threads", "2"),
        Map.entry("background.threads", "2"),
        // 24 bytes a key: 600 000 pods in one cleaning pass; the default would take 128 MiB of heap
        // at once
        Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(16 * 1024 * 1024)));
  }

  private static void stop(KafkaRaftServer server) {
    try {
      server.shutdown();
      server.awaitShutdown();
    } catch (RuntimeException e) {
      LOG.warn("broker did not stop cleanly: {}", e.getMessage(), e);
    }
  }

  private static void release(DirectoryLock lock, Path directory, boolean temporary) {
    lock.close();
    if (temporary) {
      deleteTree(directory);
    }
  }

  private static void deleteTree(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("cannot remove the broker's temporary directory: directory={}", root, e);
    }
  }

  /** Two ports that were free a moment ago, found at the same time so that they differ. */
  private record Ports(int broker, int controller) {
    static Ports free(int wantedBroker) {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      try (var broker = new ServerSocket(wantedBroker, 1, loopback);
          var controller = new ServerSocket(0, 1, loopback)) {
        return new Ports(broker.getLocalPort(), controller.getLocalPort());
      } catch (IOException e) {
        throw new UncheckedIOException("port is not free: port=" + wantedBroker, e);
      }
    }
  }
}
