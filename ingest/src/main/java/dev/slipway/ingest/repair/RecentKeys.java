package dev.slipway.ingest.repair;

import dev.slipway.engine.observe.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The latest keys of things that have no version, so that a repetition is known. They are kept as a
 * ring: the key after the last one takes the place of the oldest.
 */
final class RecentKeys {
  static final String PREFIX = "key/";

  private final int max;
  private final LinkedHashSet<String> keys = new LinkedHashSet<>();
  private final List<String> added = new ArrayList<>();
  private long count;

  RecentKeys(int max) {
    this.max = max;
  }

  /** Remembers the key; false if it was known. */
  boolean add(String key) {
    if (max == 0 || !keys.add(key)) {
      return max == 0;
    }
    added.add(key);
    if (keys.size() > max) {
      keys.removeFirst();
    }
    return true;
  }

  /** Writes those that came since the last time. */
  void save(StateSink sink) {
    for (String key : added) {
      Bytes bytes = Bytes.writer();
      bytes.put(count);
      bytes.put(key);
      sink.put(PREFIX + count % max, bytes.toArray());
      count++;
    }
    added.clear();
  }

  /** Takes up what was written, in the order it was. */
  void restore(byte[] value) {
    Bytes bytes = Bytes.reader(value);
    count = 1 + bytes.get();
    keys.addLast(bytes.getText());
    if (keys.size() > max) {
      keys.removeFirst();
    }
  }
}
