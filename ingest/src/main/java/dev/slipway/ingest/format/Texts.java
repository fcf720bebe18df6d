package dev.slipway.ingest.format;

import dev.slipway.engine.api.Times;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes single values at a cursor. Where the value is null it is as if the field were absent; where
 * it has another type than the API's, the record is not plain.
 */
final class Texts {
  /**
   * Reasons, images, label keys, namespaces, nodes: a few thousand cover a cluster's common ones.
   */
  private static final int SHARED_TEXTS = 1 << 14;

  private static final int SHARED_TEXT_BYTES_MAX = 256;
  private static final int SHARED_MAPS = 1 << 13;
  private static final int SHARED_MAP_BYTES_MAX = 1024;

  private final JsonCursor cursor;
  private final Memo<String> texts = new Memo<>(SHARED_TEXTS, SHARED_TEXT_BYTES_MAX);
  private final Memo<Map<String, String>> labels = new Memo<>(SHARED_MAPS, SHARED_MAP_BYTES_MAX);
  private final Memo<Map<String, String>> annotations =
      new Memo<>(SHARED_MAPS, SHARED_MAP_BYTES_MAX);

  Texts(JsonCursor cursor) {
    this.cursor = cursor;
  }

  /** A text that hardly any other pod has. */
  String own() {
    if (cursor.takeNull()) {
      return "";
    }
    cursor.string();
    return cursor.from == cursor.to ? "" : cursor.text();
  }

  /** A text that many pods have. */
  String shared() {
    if (cursor.takeNull()) {
      return "";
    }
    cursor.string();
    return lastShared();
  }

  /** The cursor's last text as one that many pods have. */
  String lastShared() {
    if (cursor.from == cursor.to) {
      return "";
    }
    if (cursor.escaped) {
      return cursor.text();
    }
    String known = texts.get(cursor.bytes, cursor.from, cursor.to);
    if (known != null) {
      return known;
    }
    String text = cursor.text();
    texts.put(cursor.bytes, cursor.from, cursor.to, text);
    return text;
  }

  /** Epoch nanoseconds, {@link Times#NONE} where there is no time. */
  long time() {
    if (cursor.takeNull()) {
      return Times.NONE;
    }
    cursor.string();
    long time = FastTimes.parse(cursor.bytes, cursor.from, cursor.to);
    return time == FastTimes.OTHER ? Json.time(cursor.text()) : time;
  }

  /** The time of the usual length that stands there; every byte of it was found plain. */
  long timeAt(int from) {
    int to = from + FastTimes.LENGTH;
    long time = FastTimes.parse(cursor.bytes, from, to);
    return time == FastTimes.OTHER
        ? Json.time(new String(cursor.bytes, from, FastTimes.LENGTH, StandardCharsets.ISO_8859_1))
        : time;
  }

  boolean bool() {
    return !cursor.takeNull() && cursor.bool();
  }

  @Nullable Boolean boolOrNull() {
    return cursor.takeNull() ? null : (Boolean) cursor.bool();
  }

  long whole() {
    return cursor.takeNull() ? 0 : cursor.whole();
  }

  @Nullable Long wholeOrNull() {
    return cursor.takeNull() ? null : (Long) cursor.whole();
  }

  int whole32() {
    long value = whole();
    if (value != (int) value) {
      throw Bail.OUT;
    }
    return (int) value;
  }

  Map<String, String> labels() {
    return map(labels, "");
  }

  /** Without the one nobody reads. */
  Map<String, String> annotations() {
    return map(annotations, PodText.LAST_APPLIED);
  }

  private Map<String, String> map(Memo<Map<String, String>> known, String without) {
    if (cursor.takeNull()) {
      return Map.of();
    }
    int from = cursor.at;
    int tokens = cursor.tokens();
    cursor.skip();
    Map<String, String> same = known.get(cursor.bytes, from, cursor.at);
    if (same != null) {
      return same;
    }
    cursor.back(from, tokens);
    Map<String, String> read = entries(without);
    known.put(cursor.bytes, from, cursor.at, read);
    return read;
  }

  private Map<String, String> entries(String without) {
    var entries = new LinkedHashMap<String, String>();
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      String key = lastShared();
      if (!without.isEmpty() && key.equals(without)) {
        cursor.skip();
      } else if (cursor.takeNull()) {
        entries.remove(key); // of two of a name the last counts
      } else {
        cursor.string();
        entries.put(key, lastShared());
      }
    }
    return Map.copyOf(entries);
  }
}
