package dev.slipway.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ingest.kafka.EmbeddedBroker;
import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ingest.service.ServiceTopics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From kubectl's output to a file, to Kafka, and back to a file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RecordAndFeedTest {
  private static final long BEGIN = 1_750_000_000_000L;

  private static final String POD =
      "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\","
          + "\"uid\":\"u-1\",\"resourceVersion\":\"7\","
          + "\"creationTimestamp\":\"2025-06-15T15:00:00Z\"},"
          + "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]},"
          + "\"status\":{\"phase\":\"Pending\"}}";

  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @BeforeAll
  void awaitBroker() {
    ServiceTopics.createFeed(ServiceSettings.of(broker.bootstrapServers(), "ready"), 1);
  }

  @AfterAll
  void closeBroker() {
    broker.close();
  }

  private String topic(String name, int partitions) {
    ServiceTopics.createFeed(ServiceSettings.of(broker.bootstrapServers(), name), partitions);
    return "kafka://" + broker.bootstrapServers() + "/" + name;
  }

  private int run(String... arguments) {
    err.getBuffer().setLength(0);
    return Main.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
  }

  private int runWithInput(String input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(arguments);
    } finally {
      System.setIn(before);
    }
  }

  private static List<String> lines(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (file.toString().endsWith(".gz")) {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        bytes = in.readAllBytes();
      }
    }
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }

  private List<ConsumerRecord<String, String>> read(String topic, int partitions) {
    var text = new StringDeserializer();
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    List<ConsumerRecord<String, String>> all = new ArrayList<>();
    try (var consumer = new KafkaConsumer<>(client, text, text)) {
      List<TopicPartition> assigned = new ArrayList<>();
      for (int k = 0; k < partitions; k++) {
        assigned.add(new TopicPartition(topic, k));
      }
      consumer.assign(assigned);
      consumer.seekToBeginning(assigned);
      var ends = consumer.endOffsets(assigned);
      while (assigned.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(all::add);
      }
    }
    return all;
  }

  private void write(
      String topic, int partition, long millis, @Nullable String key, @Nullable String value) {
    var text = new StringSerializer();
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var producer = new KafkaProducer<>(client, text, text)) {
      producer.send(new ProducerRecord<>(topic, partition, millis, key, value));
    }
  }

  @Test
  void aCaptureGoesToKafkaAndBackUnchangedWithItsTimes() throws Exception {
    String list =
        "{\"apiVersion\":\"v1\",\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"9\"},"
            + "\"items\":["
            + POD
            + "]}";
    // as kubectl prints: a line each with --output-watch-events, over many lines without
    String capture =
        "{\"type\":\"ADDED\",\"object\":"
            + POD
            + "}\n{\n    \"type\": \"MODIFIED\",\n    \"object\": "
            + POD.replace(",", ",\n        ")
            + "\n}\n"
            + POD
            + "\n"
            + list
            + "\n{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":"
            + "{\"resourceVersion\":\"12\"}}}\n"
            + "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\"}}\n"
            + "no document at all\n";
    Path first = folder.resolve("first.jsonl.gz");
    long before = System.currentTimeMillis();
    assertThat(runWithInput(capture, "record", "--feed", "-", first.toString())).isZero();
    assertThat(err.toString()).contains("recorded 7 documents");
    List<String> recorded = lines(first);
    assertThat(recorded).hasSize(7);
    for (String line : recorded.subList(0, 6)) {
      assertThat(line).startsWith("{\"time\":\"");
      Instant time = Instant.parse(line.substring(9, line.indexOf('"', 9)));
      assertThat(time.toEpochMilli()).isBetween(before, System.currentTimeMillis());
    }
    assertThat(recorded.get(3)).endsWith(list.substring(1));
    assertThat(recorded.get(6)).isEqualTo("no document at all");

    String to = topic("round", 1);
    assertThat(run("feed", first.toString(), "--to", to, "--speed", "0")).isZero();
    assertThat(err.toString()).contains("published 7 records");
    var records = read("round", 1);
    for (int k = 0; k < 6; k++) {
      String line = recorded.get(k);
      Instant time = Instant.parse(line.substring(9, line.indexOf('"', 9)));
      assertThat(records.get(k).timestamp()).as(line).isEqualTo(time.toEpochMilli());
      assertThat(records.get(k).value()).isEqualTo(line);
    }
    assertThat(records.get(0).key()).isEqualTo("u-1");
    assertThat(records.get(4).key()).isNull();

    Path second = folder.resolve("second.jsonl");
    assertThat(run("record", "--feed", to, second.toString())).isZero();
    assertThat(lines(second)).isEqualTo(recorded);
  }

  @Test
  void partitionsAreRecordedInTheOrderOfTheirTimes() throws Exception {
    String from = topic("wide", 3);
    for (int k = 0; k < 60; k++) {
      write("wide", k % 3, BEGIN + 1000L * k, "key", "{\"type\":\"ADDED\",\"object\":" + POD + "}");
    }
    Path file = folder.resolve("wide.jsonl");
    assertThat(run("record", "--feed", from, file.toString())).isZero();
    List<String> lines = lines(file);
    assertThat(lines).hasSize(60).isSorted();
    assertThat(lines.getFirst()).startsWith("{\"time\":\"" + Instant.ofEpochMilli(BEGIN) + "\"");
    String to = topic("wide-again", 3);
    assertThat(run("feed", file.toString(), "--to", to, "--speed", "0")).isZero();
    assertThat(read("wide-again", 3))
        .extracting(ConsumerRecord::timestamp)
        .contains(BEGIN + 59_000);
  }

  @Test
  void aTombstoneBecomesADeletion() throws Exception {
    String from = topic("gone", 1);
    write("gone", 0, BEGIN, "u-\"1\"", null);
    write("gone", 0, BEGIN + 1, "shop/web", null);
    write("gone", 0, BEGIN + 2, null, null);
    Path file = folder.resolve("gone.jsonl");
    assertThat(run("record", "--feed", from, file.toString())).isZero();
    String time = "{\"time\":\"" + Instant.ofEpochMilli(BEGIN);
    assertThat(lines(file))
        .containsExactly(
            time
                + "\",\"type\":\"DELETED\",\"object\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\","
                + "\"metadata\":{\"uid\":\"u-\\\"1\\\"\"}}}",
            time.replace("00Z", "00.001Z").replace("40Z", "40.001Z").replace("20Z", "20.001Z")
                + "\",\"type\":\"DELETED\",\"object\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\","
                + "\"metadata\":{\"namespace\":\"shop\",\"name\":\"web\"}}}");
    String to = topic("gone-again", 1);
    assertThat(run("feed", file.toString(), "--to", to, "--speed", "0")).isZero();
    assertThat(read("gone-again", 1))
        .extracting(ConsumerRecord::key)
        .containsExactly("u-\"1\"", "shop/web");
  }

  @Test
  void aTimeBeforeAnotherOneStaysWhatItIs() throws Exception {
    Path file = folder.resolve("late.jsonl");
    Files.writeString(
        file,
        "{\"time\":\"2025-06-15T15:00:09Z\",\"type\":\"ADDED\",\"object\":%s}%n".formatted(POD)
            + "{\"time\":\"2025-06-15T15:00:05Z\",\"type\":\"ADDED\",\"object\":%s}%n"
                .formatted(POD));
    String to = topic("late", 1);
    assertThat(run("feed", file.toString(), "--to", to, "--speed", "1000")).isZero();
    assertThat(read("late", 1))
        .extracting(ConsumerRecord::timestamp)
        .containsExactly(
            Instant.parse("2025-06-15T15:00:09Z").toEpochMilli(),
            Instant.parse("2025-06-15T15:00:05Z").toEpochMilli());
  }

  @Test
  void whatIsNotThereIsSaidAtOnce() throws Exception {
    String missing = "kafka://" + broker.bootstrapServers() + "/missing";
    Path file = folder.resolve("some.jsonl");
    Files.writeString(file, POD + "\n" + POD + "\n");
    assertThat(run("feed", file.toString(), "--to", missing)).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("slipway feed: missing: there is no such topic");
    assertThat(run("record", "--feed", missing, folder.resolve("x.jsonl").toString())).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("slipway record: missing: there is no such topic");
    assertThat(run("feed", folder.resolve("no.jsonl").toString(), "--to", missing)).isEqualTo(2);
    assertThat(err.toString()).contains("no such file");
    assertThat(run("feed", file.toString(), "--to", "kafka://host")).isEqualTo(2);
    assertThat(run("feed", file.toString(), "--to", missing, "--speed", "-1")).isEqualTo(2);
    assertThat(run("feed", file.toString(), "--to", missing, "--speed", "NaN")).isEqualTo(2);
    assertThat(run("record", "--feed", "http://x", file.toString())).isEqualTo(2);
    assertThat(run("record", "--feed", "-", folder.resolve("no/such/x").toString())).isEqualTo(1);
    Path broken = folder.resolve("broken.jsonl.gz");
    Files.writeString(broken, "not packed");
    assertThat(run("feed", broken.toString(), "--to", missing)).isEqualTo(1);
    assertThat(err.toString()).contains("slipway feed: ");
    assertThat(
            run(
                "feed",
                file.toString(),
                "--to",
                missing,
                "--kafka-property",
                "request.timeout.ms=soon"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("request.timeout.ms");
  }
}
