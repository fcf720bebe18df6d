package dev.slipway.ingest.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ingest.decode.JsonDocuments;
import dev.slipway.ingest.decode.SyntaxException;
import dev.slipway.ingest.decode.YamlDocument;
import dev.slipway.ingest.decode.YamlSplitter;
import dev.slipway.ingest.defaults.ApiGates;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads manifests, YAML or JSON, compressed or not: pods and every workload that carries a template
 * of one, in any of the API's groups and versions, alone or in lists. Other kinds are counted.
 * Everything wrong is reported together; a broken document does not take the others with it.
 */
public final class ManifestReader {
  private static final int GZIP_MAGIC_0 = 0x1f;
  private static final int GZIP_MAGIC_1 = 0x8b;
  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final List<String> EXTENSIONS =
      List.of(".yaml", ".yml", ".json", ".jsonl", ".yaml.gz", ".yml.gz", ".json.gz", ".jsonl.gz");

  private final boolean strict;
  private final ApiGates gates;

  private ManifestReader(boolean strict, ApiGates gates) {
    this.strict = strict;
    this.gates = gates;
  }

  /** Unknown and repeated fields are problems, as with kubectl (rule V-03). */
  public static ManifestReader strict() {
    return new ManifestReader(true, ApiGates.DEFAULT);
  }

  /** Unknown and repeated fields are passed over, as for objects a cluster has stored. */
  public static ManifestReader lenient() {
    return new ManifestReader(false, ApiGates.DEFAULT);
  }

  /** The same for an API server with those gates: they decide which fields count. */
  public ManifestReader with(ApiGates other) {
    return new ManifestReader(strict, other);
  }

  /** Reads a file, or all manifests below a folder in name order. */
  public ManifestResult read(Path path) throws IOException {
    var collector = new ManifestCollector(strict, gates);
    if (!Files.isDirectory(path)) {
      readFile(path, collector);
      return collector.result();
    }
    try (var files = Files.walk(path)) {
      for (Path file : files.filter(ManifestReader::isManifest).sorted().toList()) {
        readFile(file, collector);
      }
    }
    return collector.result();
  }

  /** Reads a stream; {@code name} stands for the file in problems. */
  public ManifestResult read(String name, InputStream bytes) throws IOException {
    var collector = new ManifestCollector(strict, gates);
    readText(name, bytes, collector);
    return collector.result();
  }

  private static boolean isManifest(Path file) {
    return Files.isRegularFile(file) && EXTENSIONS.stream().anyMatch(file.toString()::endsWith);
  }

  private static void readFile(Path file, ManifestCollector collector) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      readText(file.toString(), bytes, collector);
    }
  }

  /** What says it is compressed and is broken is the file's problem alone. */
  private static void readText(String name, InputStream bytes, ManifestCollector collector)
      throws IOException {
    try {
      read(name, text(bytes), collector);
    } catch (EOFException | ZipException e) {
      collector.open(name);
      collector.unreadable(
          e instanceof EOFException
              ? "compressed data ends too early"
              : "compressed data is broken");
    }
  }

  private static String text(InputStream bytes) throws IOException {
    var buffered = new BufferedInputStream(bytes);
    buffered.mark(2);
    boolean compressed = buffered.read() == GZIP_MAGIC_0 && buffered.read() == GZIP_MAGIC_1;
    buffered.reset();
    InputStream plain = compressed ? new GZIPInputStream(buffered) : buffered;
    String text = new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static void read(String file, String text, ManifestCollector collector) {
    collector.open(file);
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      readJson(text, collector);
    } else {
      readYaml(text, collector);
    }
  }

  private static void readJson(String text, ManifestCollector collector) {
    try {
      for (JsonNode document : JsonDocuments.read(text)) {
        collector.document(document, List.of());
      }
    } catch (SyntaxException e) {
      // What begins with a brace may still be YAML.
      readYaml(text, collector);
    }
  }

  private static void readYaml(String text, ManifestCollector collector) {
    for (YamlSplitter.Piece piece : YamlSplitter.split(text)) {
      try {
        YamlDocument document = piece.read();
        collector.document(document.tree(), document.duplicates());
      } catch (SyntaxException e) {
        collector.syntaxError(e);
      }
    }
  }
}
