package dev.slipway.ops.resources;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.ingest.manifest.ManifestReader;
import dev.slipway.ingest.manifest.ManifestResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Whole reports. Expected tables are beside the manifests; {@code -Dgolden=write} writes them anew.
 */
class ResourceFiguresTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/slipway/ops/resources");
  private static final long NODE_MEMORY = 16L << 30;

  private record Output(String out, String err, boolean fine) {}

  private static Output pods(ResourceFigures.Format format) throws IOException {
    try (InputStream in =
        requireNonNull(ResourceFiguresTest.class.getResourceAsStream("pods.yaml"))) {
      return print(ManifestReader.strict().read("pods.yaml", in), format);
    }
  }

  private static Output text(String text, ResourceFigures.Format format) throws IOException {
    var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return print(ManifestReader.strict().read("in", bytes), format);
  }

  private static Output print(ManifestResult manifests, ResourceFigures.Format format) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    boolean fine =
        ResourceFigures.print(
            new ResourceFigures.Request(manifests, null, NODE_MEMORY, format, false),
            new PrintWriter(out),
            new PrintWriter(err));
    return new Output(out.toString(), err.toString(), fine);
  }

  private static void golden(String name, String actual) throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(RESOURCES.resolve(name), actual);
    }
    assertThat(actual).isEqualTo(Files.readString(RESOURCES.resolve(name)));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void table() throws IOException {
    Output output = pods(ResourceFigures.Format.TABLE);
    assertThat(output.fine()).as(output.err()).isTrue();
    golden("pods.txt", output.out());
  }

  @Test
  void wideTable() throws IOException {
    golden("pods-wide.txt", pods(ResourceFigures.Format.WIDE).out());
  }

  /** Rows V-X02, V-X03, V-X07, V-X08 and V-X09 of the rules. */
  @Test
  void jsonOfTheWorkedExample() throws IOException {
    JsonNode root = json(pods(ResourceFigures.Format.JSON).out());
    JsonNode example = root.at("/pods/0");
    assertThat(example.at("/request/cpu").asText()).isEqualTo("350m");
    assertThat(example.at("/request/memory").asText()).isEqualTo("220Mi");
    assertThat(example.at("/limit/cpu").asText()).isEqualTo("650m");
    assertThat(example.at("/limit/memory").asText()).isEqualTo("420Mi");
    assertThat(example.at("/cgroup/cpuShares").asLong()).isEqualTo(358);
    assertThat(example.at("/cgroup/cpuWeight").asLong()).isEqualTo(14);
    assertThat(example.at("/cgroup/cpuMax").asText()).isEqualTo("65000 100000");
    assertThat(example.at("/cgroup/memoryMax").asLong()).isEqualTo(440401920);
    JsonNode first = root.at("/pods/1");
    assertThat(first.at("/request/cpu").asText()).isEqualTo("450m");
    assertThat(first.at("/request/memory").asText()).isEqualTo("284Mi");
    assertThat(first.at("/limit/memory").asText()).isEqualTo("none");
    assertThat(first.at("/declaredLimit/memory").asText()).isEqualTo("548Mi");
    assertThat(first.at("/cgroup/memoryMax").isNull()).isTrue();
  }

  @Test
  void absentLimitOfADeviceIsNotUnlimited() throws IOException {
    JsonNode cart = json(pods(ResourceFigures.Format.JSON).out()).at("/pods/2");
    assertThat(cart.at("/limit/nvidia.com~1gpu").asText()).isEqualTo("1");
    assertThat(cart.at("/qosClass").asText()).isEqualTo("Guaranteed");
  }

  @Test
  void csvParsesBackAndItsRowsAddUp() throws IOException {
    List<Map<String, String>> rows = parse(pods(ResourceFigures.Format.CSV).out());
    for (String column : List.of("request_cpu", "request_memory", "naive_cpu", "difference_cpu")) {
      var sum = BigDecimal.ZERO;
      var byNamespace = BigDecimal.ZERO;
      for (Map<String, String> row : rows) {
        switch (cell(row, "row")) {
          case "pod" -> {
            long pods = Long.parseLong(cell(row, "pods")) - Long.parseLong(cell(row, "ended"));
            sum = sum.add(number(row, column).multiply(BigDecimal.valueOf(pods)));
          }
          case "namespace" -> byNamespace = byNamespace.add(number(row, column));
          default -> assertThat(number(row, column)).as(column).isEqualByComparingTo(sum);
        }
      }
      assertThat(byNamespace).as(column).isEqualByComparingTo(sum);
    }
    assertThat(cell(rows.get(1), "limit_memory")).isEqualTo("none");
    assertThat(cell(rows.get(1), "declared_limit_memory")).isEqualTo("574619648");
    assertThat(cell(rows.get(0), "request_cpu")).isEqualTo("0.35");
  }

  private static String cell(Map<String, String> row, String column) {
    return requireNonNull(row.get(column), column);
  }

  private static BigDecimal number(Map<String, String> row, String column) {
    String text = cell(row, column);
    return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
  }

  /** Without quoted line ends: no field here has any. */
  private static List<Map<String, String>> parse(String csv) {
    List<String> lines = csv.lines().toList();
    List<String> header = cells(lines.getFirst());
    var rows = new ArrayList<Map<String, String>>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line);
      assertThat(cells).hasSameSizeAs(header);
      var row = new HashMap<String, String>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(header.get(i), cells.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<String> cells(String line) {
    var cells = new ArrayList<String>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  @Test
  void ofAWatchedPodTheLastVersionCounts() throws IOException {
    String pod =
        """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"%s","namespace":"a","uid":"%s"},\
        "spec":{"containers":[{"name":"c","image":"c","resources":{"requests":{"cpu":"%s"}}}]}}\
        """;
    String event = "{\"type\":\"%s\",\"object\":%s}\n";
    String stream =
        event.formatted("ADDED", pod.formatted("web", "u1", "1"))
            + event.formatted("ADDED", pod.formatted("gone", "u2", "5"))
            + event.formatted("MODIFIED", pod.formatted("web", "u1", "2"))
            + event.formatted("DELETED", pod.formatted("gone", "u2", "5"))
            + "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Pod\"}}\n";
    Output output = text(stream, ResourceFigures.Format.JSON);
    assertThat(output.fine()).as(output.err()).isTrue();
    JsonNode root = json(output.out());
    assertThat(root.path("pods")).hasSize(1);
    assertThat(root.at("/totals/cluster/request/cpu").asText()).isEqualTo("2");
  }

  @Test
  void versionsOfAPodInAnArrayCountOnce() throws IOException {
    String pod =
        """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","uid":"u1"},\
        "spec":{"containers":[{"name":"c","image":"c"}]}}\
        """;
    JsonNode root = json(text("[" + pod + "," + pod + "]", ResourceFigures.Format.JSON).out());
    assertThat(root.path("pods")).hasSize(1);
    assertThat(root.at("/summary/supersededVersions").asInt()).isEqualTo(1);
  }

  @Test
  void podWithARequestAboveItsLimitIsReportedAndLeftOut() throws IOException {
    String yaml =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: bad}
        spec:
          selector: {matchLabels: {a: b}}
          template:
            metadata: {labels: {a: b}}
            spec:
              containers:
              - name: c
                image: c
                resources: {requests: {cpu: 2}, limits: {cpu: 1}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: good}
        spec: {containers: [{name: c, image: c}]}
        """;
    Output output = text(yaml, ResourceFigures.Format.TABLE);
    assertThat(output.fine()).isFalse();
    assertThat(output.err())
        .startsWith("in: spec.template.spec.containers[0].resources.requests: Invalid value");
    assertThat(output.out()).contains("good").doesNotContain("bad");
  }

  @Test
  void replicasCostNoTimeAndNegativeOnesAreRefused() throws IOException {
    String yaml =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: many}
        spec:
          replicas: %d
          selector: {matchLabels: {a: b}}
          template:
            metadata: {labels: {a: b}}
            spec:
              containers:
              - name: c
                image: c
                resources: {requests: {memory: 1Ti, cpu: 100m}}
        """;
    Output many = text(yaml.formatted(2_000_000_000), ResourceFigures.Format.JSON);
    JsonNode cluster = json(many.out()).at("/totals/cluster");
    assertThat(cluster.path("pods").asLong()).isEqualTo(2_000_000_000L);
    assertThat(cluster.at("/request/cpu").asText()).isEqualTo("200M");
    assertThat(cluster.at("/request/memory").asText()).isEqualTo("1953125Pi");
    assertThat(cluster.at("/unlimitedPods/memory").asLong()).isEqualTo(2_000_000_000L);
    Output negative = text(yaml.formatted(-3), ResourceFigures.Format.JSON);
    assertThat(negative.fine()).isFalse();
    assertThat(negative.err()).startsWith("in: spec.replicas: must be greater than or equal to 0");
  }
}
