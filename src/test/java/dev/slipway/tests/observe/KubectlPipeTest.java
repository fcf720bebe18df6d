package dev.slipway.tests.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.slipway.ops.cli.Main;
import dev.slipway.tests.Checkout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code kubectl get pods -A -o json --watch} piped into {@code serve --feed -}: versions of pods
 * recorded from real clusters, printed as kubectl prints them (cli-runtime, printers/json.go: a
 * watch event is one line, an object is indented by four).
 */
final class KubectlPipeTest {
  private static final Path RECORDED =
      Checkout.root().resolve("../shared/data/podstatus/pulumi-await-recordings");

  /** kubectl's objects have no types: their fields are sorted. */
  private static final ObjectMapper MAPPER =
      new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** A pod that is made again takes the place of the one before it. */
  private final Set<String> names = new HashSet<>();

  private int versions;

  private List<JsonNode> lives() throws IOException {
    assumeTrue(Files.isDirectory(RECORDED), "recorded watches are not here: " + RECORDED);
    List<JsonNode> lives = new ArrayList<>();
    try (Stream<Path> files = Files.list(RECORDED)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("workflow.")).sorted().toList()) {
        lives.add(MAPPER.readTree(file.toFile()));
      }
    }
    return lives;
  }

  private int serve(String input) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return Main.commandLine()
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true))
          .execute("serve", "--feed", "-");
    } finally {
      System.setIn(before);
    }
  }

  /** Go's encoder writes these as escapes. */
  private static String go(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  private static String sorted(JsonNode node) throws IOException {
    return MAPPER.writeValueAsString(MAPPER.treeToValue(node, Object.class));
  }

  @Test
  void watchEventsAreFollowed() throws Exception {
    for (JsonNode life : lives()) {
      StringBuilder input = new StringBuilder();
      boolean first = true;
      for (JsonNode version : life) {
        input
            .append("{\"type\":\"")
            .append(first ? "ADDED" : "MODIFIED")
            .append("\",\"object\":")
            .append(go(sorted(version)))
            .append("}\n");
        count(version);
        first = false;
      }
      check(life.size(), serve(input.toString()));
    }
    assertThat(versions).isGreaterThan(20);
  }

  @Test
  void objectsWithoutTheirEventsAreFollowed() throws Exception {
    var printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("    ", "\n"))
            .withArrayIndenter(new DefaultIndenter("    ", "\n"))
            .withSeparators(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    for (JsonNode life : lives()) {
      StringBuilder input = new StringBuilder();
      for (JsonNode version : life) {
        Object plain = MAPPER.treeToValue(version, Object.class);
        input.append(go(MAPPER.writer(printer).writeValueAsString(plain))).append('\n');
        count(version);
      }
      check(life.size(), serve(input.toString()));
    }
    assertThat(versions).isGreaterThan(20);
  }

  private void count(JsonNode version) {
    versions++;
    JsonNode metadata = version.path("metadata");
    names.add(metadata.path("namespace").asText() + "/" + metadata.path("name").asText());
  }

  private void check(int documents, int code) {
    assertThat(code).as("no violation in what real kubelets wrote: " + out).isZero();
    assertThat(err.toString())
        .contains("documents " + documents + ", refused 0; pods " + names.size() + ";");
    assertThat(out.toString()).startsWith("NAMESPACE");
    for (String name : names) {
      assertThat(out.toString()).contains(name.substring(name.indexOf('/') + 1));
    }
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    names.clear();
  }
}
