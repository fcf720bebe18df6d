package dev.slipway.ingest.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ingest.decode.JsonDocuments;
import dev.slipway.ingest.decode.SyntaxException;
import dev.slipway.ingest.decode.YamlSplitter;
import dev.slipway.ingest.manifest.Problem;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads traces, feeds and clusters; the format shows in the content: tables with a header line,
 * SimKube traces (MessagePack or JSON), feeds with one watch record a line, YAML or JSON manifests,
 * and files with {@code arrivals}. Plain or gzip; the whole file is held in memory.
 */
public final class TraceReader {
  private static final int GZIP_MAGIC_0 = 0x1f;
  private static final int GZIP_MAGIC_1 = 0x8b;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private TraceReader() {}

  /**
   * Reads one file.
   *
   * @param seed of what arrival rules draw
   */
  public static Trace read(Path path, long seed) throws IOException {
    var out = new TraceBuilder(path.toString());
    try {
      read(path, bytes(path), seed, out);
    } catch (EOFException | ZipException e) {
      out.problem("", "compressed data is broken or ends too early");
    }
    return out.build();
  }

  private static byte[] bytes(Path path) throws IOException {
    try (var buffered = new BufferedInputStream(Files.newInputStream(path))) {
      buffered.mark(2);
      boolean compressed = buffered.read() == GZIP_MAGIC_0 && buffered.read() == GZIP_MAGIC_1;
      buffered.reset();
      InputStream plain = compressed ? new GZIPInputStream(buffered) : buffered;
      return plain.readAllBytes();
    }
  }

  private static void read(Path path, byte[] bytes, long seed, TraceBuilder out)
      throws IOException {
    if (SimKubeTrace.isMessagePack(bytes)) {
      SimKubeTrace.readMessagePack(bytes, out);
      return;
    }
    String text = text(bytes);
    if (Tables.isTable(text)) {
      Tables.read(text, out);
    } else if (FeedTrace.isFeed(text)) {
      FeedTrace.read(bytes, out);
    } else {
      documents(path, text, seed, out);
    }
  }

  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static void documents(Path path, String text, long seed, TraceBuilder out)
      throws IOException {
    List<JsonNode> trees = trees(text, out);
    if (trees.size() == 1 && SimKubeTrace.isTrace(trees.getFirst())) {
      SimKubeTrace.read(trees.getFirst(), out);
    } else if (trees.size() == 1 && ArrivalRules.isRules(trees.getFirst())) {
      ArrivalRules.read(path, trees.getFirst(), seed, out);
    } else {
      ClusterObjects.read(trees, out);
      ManifestPods.read(text, out);
    }
  }

  private static List<JsonNode> trees(String text, TraceBuilder out) {
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      try {
        return JsonDocuments.read(text);
      } catch (SyntaxException e) {
        // What begins with a brace may still be YAML.
      }
    }
    var trees = new ArrayList<JsonNode>();
    for (YamlSplitter.Piece piece : YamlSplitter.split(text)) {
      try {
        trees.add(piece.read().tree());
      } catch (SyntaxException e) {
        out.problem("line " + e.line() + " column " + e.column(), String.valueOf(e.getMessage()));
      }
    }
    return trees;
  }

  /** What all of the files bring, on one clock; a file that cannot be read is a problem. */
  public static Trace readAll(List<Path> paths, long seed) {
    var traces = new ArrayList<Trace>();
    for (Path path : paths) {
      try {
        traces.add(read(path, seed));
      } catch (IOException e) {
        traces.add(
            new Trace(
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                dev.slipway.engine.api.Times.NONE,
                0,
                Map.of(),
                List.of(new Problem(path.toString(), "", "cannot be read: " + e))));
      }
    }
    return Trace.together(traces);
  }
}
