package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Objects and records of real clusters; they lie beside the checkout and may be absent. */
final class RealRecords {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private RealRecords() {}

  /** The folder of the data, empty if it is not there. */
  static Optional<Path> folder() {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path data = up.resolveSibling("shared").resolve("data");
      if (Files.isDirectory(data)) {
        return Optional.of(data);
      }
    }
    return Optional.empty();
  }

  /** Every pod object of the recordings, in a fixed order. */
  static List<ObjectNode> pods(Path data) {
    List<ObjectNode> pods = new ArrayList<>();
    for (Path file : files(data.resolve("podstatus"), ".json", ".json.gz")) {
      collect(tree(file), pods);
    }
    return pods;
  }

  /** Every line of the recorded feeds and audit logs. */
  static List<byte[]> lines(Path data) {
    List<byte[]> lines = new ArrayList<>();
    for (Path file : files(data.resolve("traces"), ".jsonl.gz")) {
      new String(read(file), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(line -> lines.add(line.getBytes(StandardCharsets.UTF_8)));
    }
    return lines;
  }

  /** Whole files that are one record each: lists of pods, nodes, namespaces and events. */
  static List<byte[]> documents(Path data) {
    List<byte[]> documents = new ArrayList<>();
    for (Path folder : List.of(data.resolve("traces/clusters"), data.resolve("podstatus"))) {
      files(folder, ".json.gz", ".json").forEach(file -> documents.add(read(file)));
    }
    return documents;
  }

  static byte[] bytes(JsonNode tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(JsonNode tree, List<ObjectNode> pods) {
    if (tree.isArray()) {
      tree.forEach(element -> collect(element, pods));
    } else if (tree.path("items").isArray()) {
      tree.path("items").forEach(item -> collect(item, pods));
    } else if (tree instanceof ObjectNode object && tree.path("spec").has("containers")) {
      pods.add(object);
    }
  }

  private static JsonNode tree(Path file) {
    try {
      return MAPPER.readTree(read(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static List<Path> files(Path folder, String... endings) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
