package dev.slipway.ops.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.ingest.kafka.EmbeddedBroker;
import dev.slipway.ingest.kafka.StatusReader;
import dev.slipway.ingest.manifest.JsonPodCodec;
import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ops.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --mode drive} on a topic: two runs with changes of the feed between them. */
@Timeout(120)
final class TopicDriveTest {
  private static final String QUICK =
      """
      rules:
      - sandbox: 10ms
        sandboxStop: 10ms
        pull: 10ms
        create: 10ms
        start: 10ms
        stop: 10ms
      - match: {image: short}
        run: 100ms
      """;

  @TempDir private Path folder;

  @Test
  void podsOfATopicAreDrivenAndGoOnFromWhatIsLeft() throws IOException {
    Path behavior = Files.writeString(folder.resolve("behavior.yaml"), QUICK);
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      ServiceSettings settings = ServiceSettings.of(broker.bootstrapServers(), "pods");
      serve(settings, behavior, 1, "--create-feed", "2");
      feed(
          settings,
          Map.of(
              "u-web", record("ADDED", "web", "u-web", "1", "app"),
              "u-job", record("ADDED", "job", "u-job", "2", "short"),
              "u-old", record("ADDED", "old", "u-old", "3", "app"),
              "none", "garbage"));
      feed(settings, Map.of("u-old", record("DELETED", "old", "u-old", "4", "app")));
      String first = serve(settings, behavior, 5);
      assertThat(first).contains("lines refused 1");
      Map<String, Pod> pods = statuses(settings);
      assertThat(pods).containsOnlyKeys("u-web", "u-job");
      assertThat(phase(pods, "u-web")).isEqualTo(PodPhase.RUNNING);
      assertThat(phase(pods, "u-job")).isEqualTo(PodPhase.SUCCEEDED);
      long ended = endOf(pods, "u-job");
      assertThat(deadLetters(settings)).isEqualTo(1);

      feed(settings, Map.of("u-web", record("DELETED", "web", "u-web", "5", "app")));
      feed(settings, Map.of("u-new", record("ADDED", "web", "u-new", "6", "app")));
      serve(settings, behavior, 5);
      Map<String, Pod> later = statuses(settings);
      assertThat(later).containsOnlyKeys("u-new", "u-job");
      assertThat(phase(later, "u-new")).isEqualTo(PodPhase.RUNNING);
      assertThat(phase(later, "u-job")).isEqualTo(PodPhase.SUCCEEDED);
      assertThat(endOf(later, "u-job")).isEqualTo(ended);
    }
  }

  private static String serve(
      ServiceSettings settings, Path behavior, int seconds, String... more) {
    StringWriter err = new StringWriter();
    String[] arguments = {
      "serve",
      "--mode",
      "drive",
      "--feed",
      "kafka://" + settings.bootstrapServers() + "/" + settings.feedTopic(),
      "--behavior",
      behavior.toString(),
      "--duration",
      Integer.toString(seconds)
    };
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(new StringWriter(), true))
            .setErr(new PrintWriter(err, true))
            .execute(all);
    assertThat(code).as(err.toString()).isZero();
    return err.toString();
  }

  private static String record(String type, String name, String uid, String version, String image) {
    return """
    {"type":"%s","object":{"apiVersion":"v1","kind":"Pod",
    "metadata":{"name":"%s","namespace":"shop","uid":"%s","resourceVersion":"%s"},
    "spec":{"restartPolicy":"OnFailure","containers":[{"name":"c","image":"%s"}]}}}
    """
        .formatted(type, name, uid, version, image);
  }

  private static void feed(ServiceSettings settings, Map<String, String> records) {
    var serializer = new ByteArraySerializer();
    Map<String, Object> client =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    try (var producer = new KafkaProducer<byte[], byte[]>(client, serializer, serializer)) {
      records.forEach((key, value) ->
          producer.send(new ProducerRecord<>(settings.feedTopic(), bytes(key), bytes(value))));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Pod> statuses(ServiceSettings settings) {
    return StatusReader.read(settings.bootstrapServers(), "slipway.pod-status", new JsonPodCodec());
  }

  private static @Nullable PodPhase phase(Map<String, Pod> pods, String uid) {
    return pod(pods, uid).status().phase();
  }

  private static long endOf(Map<String, Pod> pods, String uid) {
    ContainerState state = pod(pods, uid).status().containerStatuses().getFirst().state();
    assertThat(state).isInstanceOf(ContainerState.Terminated.class);
    return ((ContainerState.Terminated) state).finishedAt();
  }

  private static Pod pod(Map<String, Pod> pods, String uid) {
    return Objects.requireNonNull(pods.get(uid), uid);
  }

  private static long deadLetters(ServiceSettings settings) {
    try (var consumer = settings.reader()) {
      var partition = new TopicPartition("slipway.dead-letters", 0);
      return consumer.endOffsets(List.of(partition)).values().iterator().next();
    }
  }
}
