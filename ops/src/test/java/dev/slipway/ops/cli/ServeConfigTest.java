package dev.slipway.ops.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ServeConfigTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> environment, String... arguments) {
    CommandLine main = Main.commandLine();
    main.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    requireNonNull(main.getSubcommands().get("serve"))
        .setDefaultValueProvider(ServeConfig.of(List.of(arguments), environment));
    return main.execute(arguments);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("slipway.yaml"), text).toString();
  }

  @Test
  void flagsGoOverTheEnvironmentThatOverTheFileThatOverTheDefault() throws Exception {
    String file =
        file(
            """
            feed: kafka://file:9092/pods
            group: from-file
            topic-prefix: file.
            instance: from-file
            shards: 2
            """);
    Map<String, String> environment =
        Map.of("SLIPWAY_GROUP", "from-env", "SLIPWAY_TOPIC_PREFIX", "env.", "SLIPWAY_SHARDS", "3");
    assertThat(
            run(
                environment,
                "serve",
                "--config",
                file,
                "--topic-prefix",
                "flag.",
                "--print-config"))
        .isZero();
    assertThat(out.toString().lines())
        .contains(
            "topic-prefix: flag.",
            "group: from-env",
            "shards: 3",
            "instance: from-file",
            "address: 127.0.0.1")
        .anyMatch(line -> line.startsWith("feed: ") && line.contains("kafka://file:9092/pods"));
  }

  @Test
  void theFileMayBeNamedByTheEnvironmentAndBeJson() throws Exception {
    Path json = Files.writeString(folder.resolve("c.json"), "{\"feed\":\"-\",\"group\":\"g\"}");
    assertThat(run(Map.of("SLIPWAY_CONFIG", json.toString()), "serve", "--print-config")).isZero();
    assertThat(out.toString().lines()).contains("group: g");
  }

  @Test
  void secretsAreHidden() throws Exception {
    String file =
        file(
            """
            feed: kafka://b/t
            kafka-property:
              security.protocol: SASL_SSL
              sasl.jaas.config: hush1
              ssl.keystore.password: hush2
            """);
    assertThat(
            run(
                Map.of(),
                "serve",
                "--config",
                file,
                "--kafka-property",
                "ssl.key.password=hush3",
                "--kafka-property",
                "ssl.keystore.key=hush4",
                "--print-config"))
        .isZero();
    assertThat(out.toString())
        .contains("kafka-property.security.protocol: SASL_SSL")
        .contains("kafka-property.sasl.jaas.config: (hidden)")
        .contains("kafka-property.ssl.key.password: (hidden)")
        .contains("kafka-property.ssl.keystore.key: (hidden)")
        .doesNotContain("hush");
  }

  @Test
  void allMistakesAreToldAtOnce() throws Exception {
    String file =
        file(
            """
            feed: kafka://b/t
            shards: two
            port: 70000000000
            metrics-per-pod: maybe
            grupe: g
            output: xml
            mode: [observe, drive]
            group: {a: 1}
            kafka-property: [a, b]
            """);
    Map<String, String> environment =
        Map.of("SLIPWAY_DURATION", "1h", "SLIPWAY_COMMIT_EVERY", "100", "SLIPWAY_OTHER", "x");
    assertThat(run(environment, "serve", "--config", file)).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactlyInAnyOrder(
            file + ": shards: must be a whole number: two",
            file + ": port: must be a whole number: 70000000000",
            file + ": metrics-per-pod: must be true or false: maybe",
            file + ": grupe: no such option",
            file + ": output: must be one of text, json: xml",
            file + ": mode: must be one of drive, observe: ",
            file + ": group: must be a text",
            file + ": kafka-property: must be a map of properties",
            "SLIPWAY_DURATION: must be a whole number: 1h");
  }

  @Test
  void aFileThatIsNotThereOrIsNoMapIsAMistake() throws Exception {
    String missing = folder.resolve("missing.yaml").toString();
    assertThat(run(Map.of(), "serve", "--feed", "-", "--config", missing)).isEqualTo(2);
    assertThat(err.toString()).contains(missing + ": ");
    String list = file("- a\n- b\n");
    assertThat(run(Map.of(), "serve", "--feed", "-", "--config", list)).isEqualTo(2);
    assertThat(err.toString()).contains(list + ": must be a map of options");
    String broken = file("group: [\n");
    assertThat(run(Map.of(), "serve", "--feed", "-", "--config", broken)).isEqualTo(2);
    assertThat(err.toString()).contains(broken + ": ");
  }
}
