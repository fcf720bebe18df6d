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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
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

  /** Keys of objects that changed since they were written down, in the order they did. */
  private final LinkedHashSet<String> changed = new LinkedHashSet<>();

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
    put(key, object.toString().getBytes(StandardCharsets.UTF_8));
    changed.addLast(key);
  }

  private void put(String key, byte[] text) {
    forget(key);
    objects.put(key, text);
    bytes += text.length;
    for (Iterator<Map.Entry<String, byte[]>> eldest = objects.entrySet().iterator();
        bytes > BYTES_MAX; ) {
      Map.Entry<String, byte[]> old = eldest.next();
      bytes -= old.getValue().length;
      changed.addLast(old.getKey());
      eldest.remove();
    }
  }

  void remove(String key) {
    forget(key);
    changed.addLast(key);
  }

  private void forget(String key) {
    byte[] known = objects.remove(key);
    bytes -= known == null ? 0 : known.length;
  }

  /** Hands out what changed since the last time, oldest first; null: it is gone. */
  void save(BiConsumer<String, byte @Nullable []> sink) {
    List<String> keys = List.copyOf(changed);
    changed.clear();
    // Asking makes an object the one used last, which the order of changes makes it anyway.
    keys.forEach(key -> sink.accept(key, objects.get(key)));
  }

  /** Takes up what was handed out, in that order. */
  void restore(String key, byte @Nullable [] value) {
    if (value == null) {
      forget(key);
    } else {
      put(key, value);
    }
    changed.clear();
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
