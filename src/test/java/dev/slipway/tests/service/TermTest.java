package dev.slipway.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.kill.Outputs;
import dev.slipway.ingest.kafka.EmbeddedBroker;
import dev.slipway.ingest.service.Output;
import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ingest.service.ServiceTopics;
import dev.slipway.ops.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM in the middle of a feed, to a process of its own. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TermTest {
  private static final String FEED = "term.feed";

  @TempDir private Path folder;

  @Test
  void aServiceThatIsToldToEndCommitsWhatItDidAndLeaves() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      String servers = broker.bootstrapServers();
      ServiceTopics.createFeed(ServiceSettings.of(servers, FEED), 2);
      AtomicBoolean enough = new AtomicBoolean();
      Thread feeder = Thread.ofPlatform().start(() -> feed(servers, enough));
      Path log = folder.resolve("service.log");
      Process service = start(servers, log);
      while (!Files.readString(log).contains("first transaction committed")) {
        assertThat(service.isAlive()).as(Files.readString(log)).isTrue();
        Thread.sleep(20);
      }
      Thread.sleep(300);
      service.destroy();
      assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
      enough.set(true);
      feeder.join();
      assertThat(service.exitValue()).as(Files.readString(log)).isZero();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) servers))) {
        long done =
            admin
                .listConsumerGroupOffsets("slipway")
                .partitionsToOffsetAndMetadata()
                .get()
                .values()
                .stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
        long written =
            Outputs.read(servers, "slipway.").of(Output.POD_STATUS).values().stream()
                .mapToLong(List::size)
                .sum();
        // each record is a new pod
        assertThat(written).isEqualTo(done).isPositive();
        assertThat(admin.describeConsumerGroups(List.of("slipway")).all().get().get("slipway"))
            .satisfies(group -> assertThat(group.members()).as("it has left").isEmpty());
      }
    }
  }

  private Process start(String servers, Path log) throws IOException {
    Files.createFile(log);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--feed",
            "kafka://" + servers + "/" + FEED,
            "--quiet")
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static void feed(String servers, AtomicBoolean enough) {
    var serializer = new ByteArraySerializer();
    Map<String, Object> properties = Map.of("bootstrap.servers", servers);
    try (var producer = new KafkaProducer<byte[], byte[]>(properties, serializer, serializer)) {
      for (int pod = 0; !enough.get(); pod++) {
        String uid = "u-" + pod;
        String value =
            """
            {"type":"ADDED","object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"pod-%d",\
            "namespace":"shop","uid":"%s","resourceVersion":"%d"},\
            "spec":{"containers":[{"name":"app","image":"app:1"}]},\
            "status":{"phase":"Pending"}}}\
            """
                .formatted(pod, uid, 100 + pod);
        producer.send(
            new ProducerRecord<>(
                FEED,
                uid.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
