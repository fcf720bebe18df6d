package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a recording as it has shown them so far, which its patches change. Of those beyond
 * {@link #BYTES_MAX} the ones used longest ago are forgotten.
 */
final class KwokObjects {
  static final long BYTES_MAX = 64L * 1024 * 1024;

  /** A time counts from the start of the recording (kwok pkg/kwokctl/recording/time.go, 0.7). */
  private static final Pattern TIME =
      Pattern.compile("\\$\\(time-offset-nanosecond (-?\\d{1,18})\\)");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, byte[]> objects = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** The object under a key, null if it is not known. */
  @Nullable ObjectNode get(String key) {
    byte[] known = objects.get(key);
    if (known == null) {
      return null;
    }
    try {
      return MAPPER.readTree(known) instanceof ObjectNode object ? object : null;
    } catch (IOException e) {
      throw new IllegalStateException("what was written can be read", e);
    }
  }

  void put(String key, ObjectNode object) {
    byte[] text = object.toString().getBytes(StandardCharsets.UTF_8);
    remove(key);
    objects.put(key, text);
    bytes += text.length;
    for (Iterator<byte[]> eldest = objects.values().iterator(); bytes > BYTES_MAX; ) {
      bytes -= eldest.next().length;
      eldest.remove();
    }
  }

  void remove(String key) {
    byte[] known = objects.remove(key);
    bytes -= known == null ? 0 : known.length;
  }

  /** The tree with the recording's times as if it had begun at the Unix epoch. */
  static JsonNode dated(JsonNode tree) {
    return switch (tree) {
      case TextNode text -> {
        Matcher time = TIME.matcher(text.textValue());
        yield time.matches()
            ? TextNode.valueOf(Instant.ofEpochSecond(0, Long.parseLong(time.group(1))).toString())
            : text;
      }
      case ObjectNode object -> {
        object.properties().forEach(field -> field.setValue(dated(field.getValue())));
        yield object;
      }
      case ArrayNode list -> {
        for (int i = 0; i < list.size(); i++) {
          list.set(i, dated(list.get(i)));
        }
        yield list;
      }
      default -> tree;
    };
  }
}
