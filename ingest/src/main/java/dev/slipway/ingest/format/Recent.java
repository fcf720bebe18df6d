package dev.slipway.ingest.format;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Things by key, a fixed number of them; the one used longest ago makes room. Two of one key share
 * a place, so a key may decide only where to look.
 */
final class Recent<T extends Recent.Entry> {
  /** Sets of so many, chosen by the key. */
  private static final int WAYS = 4;

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final long[] keys;
  private final int[] used;
  private final @Nullable Object[] entries;
  private final int setMask;
  private final Supplier<T> maker;
  private int clock;

  /** Something that can begin anew. */
  interface Entry {
    void clear();
  }

  /** Room for that many, a power of two and at least {@code WAYS}. */
  Recent(int size, Supplier<T> maker) {
    this.keys = new long[size];
    this.used = new int[size];
    this.entries = new Object[size];
    this.setMask = size / WAYS - 1;
    this.maker = maker;
  }

  /** What is there under a key, empty if it is new. */
  @SuppressWarnings("unchecked") // nothing but the maker's are put in
  T of(long key) {
    int first = ((int) (key * FACTOR >>> 32) & setMask) * WAYS;
    int place = first;
    for (int i = first; i < first + WAYS; i++) {
      if (keys[i] == key && entries[i] != null) {
        used[i] = ++clock;
        return (T) entries[i];
      }
      if (used[i] - used[place] < 0) {
        place = i;
      }
    }
    T entry = (T) entries[place];
    if (entry == null) {
      entry = maker.get();
      entries[place] = entry;
    } else {
      entry.clear();
    }
    keys[place] = key;
    used[place] = ++clock;
    return entry;
  }
}
