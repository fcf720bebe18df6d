package dev.slipway.ingest.repair;

import java.util.LinkedHashSet;
import java.util.List;

/** The latest keys of things that have no version, so that a repetition is known. */
final class RecentKeys {
  private final int max;
  private final LinkedHashSet<String> keys = new LinkedHashSet<>();

  RecentKeys(int max) {
    this.max = max;
  }

  /** Remembers the key; false if it was known. */
  boolean add(String key) {
    if (!keys.add(key)) {
      return false;
    }
    if (keys.size() > max) {
      keys.removeFirst();
    }
    return true;
  }

  /** The keys, oldest first. */
  List<String> list() {
    return List.copyOf(keys);
  }
}
