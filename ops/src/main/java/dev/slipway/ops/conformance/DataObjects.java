package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/**
 * The objects of data files by index: items of a list, entries of an array, lines, or the one
 * object.
 */
final class DataObjects {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Path, List<JsonNode>> files = new ConcurrentHashMap<>();

  /** The object of that index, from 0. */
  JsonNode get(Path file, int index) throws IOException {
    try {
      return files.computeIfAbsent(file, DataObjects::read).get(index);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static List<JsonNode> read(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
      List<JsonNode> values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll();
      if (values.size() != 1) {
        return values;
      }
      JsonNode only = values.getFirst();
      JsonNode list = only.isArray() ? only : only.path("items");
      if (!list.isArray()) {
        return values;
      }
      var elements = new ArrayList<JsonNode>();
      list.forEach(elements::add);
      return elements;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
