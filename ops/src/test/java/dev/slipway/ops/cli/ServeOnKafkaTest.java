package dev.slipway.ops.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ingest.kafka.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands against a broker that wants to know who asks. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ServeOnKafkaTest {
  private static final String POD =
      "{\"type\":\"ADDED\",\"object\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":"
          + "{\"name\":\"web\",\"namespace\":\"shop\",\"uid\":\"u-1\",\"resourceVersion\":\"7\"},"
          + "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]},"
          + "\"status\":{\"phase\":\"Pending\"}}}\n";

  private static EmbeddedBroker broker;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    broker =
        EmbeddedBroker.start(
            Map.of(
                "listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.client.plain.sasl.jaas.config",
                    login("broker", "b") + " user_broker=\"b\" user_slipway=\"right\";"));
  }

  @AfterAll
  static void close() {
    broker.close();
  }

  private static String login(String user, String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\""
        .formatted(user, password);
  }

  private String config(String password) throws IOException {
    return Files.writeString(
            folder.resolve("slipway.yaml"),
            """
            feed: kafka://%s/pods
            create-feed: 1
            until-done: true
            kafka-property:
              security.protocol: SASL_PLAINTEXT
              sasl.mechanism: PLAIN
              sasl.jaas.config: '%s;'
            """
                .formatted(broker.bootstrapServers(), login("slipway", password)))
        .toString();
  }

  private int run(String... arguments) {
    CommandLine main = Main.commandLine();
    main.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    requireNonNull(main.getSubcommands().get("serve"))
        .setDefaultValueProvider(ServeConfig.of(List.of(arguments), Map.of()));
    return main.execute(arguments);
  }

  private String[] client(String command, String... more) {
    List<String> arguments = new java.util.ArrayList<>(List.of(command));
    arguments.addAll(List.of(more));
    for (String property :
        List.of(
            "security.protocol=SASL_PLAINTEXT",
            "sasl.mechanism=PLAIN",
            "sasl.jaas.config=" + login("slipway", "right") + ";")) {
      arguments.add("--kafka-property");
      arguments.add(property);
    }
    return arguments.toArray(String[]::new);
  }

  @Test
  void clientPropertiesReachEveryClient() throws Exception {
    Path file = Files.writeString(folder.resolve("pods.jsonl"), POD);
    String feed = "kafka://" + broker.bootstrapServers() + "/pods";
    assertThat(run(client("feed", file.toString(), "--to", feed, "--create-feed", "1")))
        .as(err.toString())
        .isZero();
    assertThat(run("serve", "--config", config("right"))).as(err.toString()).isZero();
    assertThat(err.toString()).contains("first transaction committed");
    Path status = folder.resolve("status.jsonl");
    String topic = "kafka://" + broker.bootstrapServers() + "/slipway.pod-status";
    assertThat(run(client("record", "--feed", topic, status.toString()))).isZero();
    assertThat(Files.readString(status)).contains("\"uid\":\"u-1\"");
    // once more: now there is a changelog to be restored
    assertThat(run("serve", "--config", config("right"))).as(err.toString()).isZero();
    assertThat(err.toString()).contains("restored 1 pods");
  }

  @Test
  void aWrongPasswordIsSaidAndNotTriedForEver() throws Exception {
    assertThat(run("serve", "--config", config("wrong"))).isEqualTo(1);
    assertThat(err.toString())
        .contains("slipway serve: ")
        .contains("Authentication failed")
        .doesNotContain("\tat ");
  }

  @Test
  void aPropertyThatIsNoneIsWrongUsage() throws Exception {
    String file = config("right");
    String[] arguments = {
      "serve",
      "--config",
      file,
      "--kafka-property",
      "sasl.mechanism=PLAIN",
      "--kafka-property",
      "request.timeout.ms=soon"
    };
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString()).contains("request.timeout.ms").doesNotContain("\tat ");
  }

  @Test
  void aPortThatIsTakenIsSaidBeforeAnythingIsDone() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(run("serve", "--config", config("right"), "--port", port)).isEqualTo(2);
      assertThat(err.toString()).contains("127.0.0.1:" + port).contains("in use");
    }
  }
}
