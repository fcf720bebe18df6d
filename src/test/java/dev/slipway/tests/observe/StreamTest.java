package dev.slipway.tests.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.ingest.repair.RepairLimits;
import dev.slipway.ops.log.Console;
import dev.slipway.ops.log.LogFormat;
import dev.slipway.ops.observe.ObserveStream;
import dev.slipway.tests.Checkout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What kubectl prints into a pipe: documents over many lines, one after the other. */
final class StreamTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path PLANTED =
      Checkout.root().resolve("src/test/resources/observe/planted.jsonl");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private boolean follow(String documents, boolean json) throws IOException {
    InputStream in = new ByteArrayInputStream(documents.getBytes(StandardCharsets.UTF_8));
    return new ObserveStream(
            "stdin",
            ObserveSettings.DEFAULT,
            RepairLimits.DEFAULT,
            json,
            false,
            new PrintWriter(out, true),
            Console.of(LogFormat.TEXT, "serve", new PrintWriter(err, true)))
        .run(in);
  }

  private static String prettyPrinted() throws IOException {
    StringBuilder documents = new StringBuilder();
    for (String line : Files.readAllLines(PLANTED)) {
      documents.append(MAPPER.readTree(line).toPrettyString()).append('\n');
    }
    return documents.toString();
  }

  @Test
  void documentsOverManyLinesGiveTheSameFindingsAsLines() throws IOException {
    follow(prettyPrinted(), true);
    List<String> pretty = findings();
    out.getBuffer().setLength(0);
    follow(Files.readString(PLANTED), true);
    assertThat(findings()).isEqualTo(pretty);
    assertThat(planted()).isEqualTo(pretty.size());
  }

  private List<String> findings() {
    return out.toString().lines().filter(line -> line.startsWith("{\"finding\"")).toList();
  }

  private static long planted() throws IOException {
    Path expected = Checkout.root().resolve("src/test/resources/observe/planted.tsv");
    try (Stream<String> lines = Files.lines(expected)) {
      return lines.filter(line -> !line.startsWith("#") && !line.contains("\t-")).count();
    }
  }

  @Test
  void aDocumentThatCannotBeReadIsToldWithItsLineAndPassedOver() throws IOException {
    String pod =
        "{\"type\":\"ADDED\",\"object\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":"
            + "{\"namespace\":\"a\",\"name\":\"b\",\"uid\":\"u\"},\"spec\":{\"containers\":[]}}}";
    assertThat(follow(pod + "\nnonsense\n" + pod.replace("ADDED", "DELETED"), false)).isTrue();
    assertThat(err.toString()).contains("stdin: line 2: ");
    assertThat(err.toString()).contains("documents 3, refused 1; pods 0;");
  }

  @Test
  void findingsAreTextWithEvidenceAndTheExitSaysThereWasOne() throws IOException {
    assertThat(follow(prettyPrinted(), false)).isFalse();
    assertThat(out.toString())
        .contains("violation stop-order planted/sidecar-stopped-first container proxy: ")
        .contains("    proxy ended at: 2025-06-15T15:08:25Z")
        .contains("NAMESPACE");
  }

  @Test
  void evidenceIsJson() throws IOException {
    follow(prettyPrinted(), true);
    JsonNode first = MAPPER.readTree(findings().getFirst());
    assertThat(first.path("evidence").isEmpty()).isFalse();
    assertThat(first.path("rule").asText()).matches("[A-Z]-\\d+");
  }
}
