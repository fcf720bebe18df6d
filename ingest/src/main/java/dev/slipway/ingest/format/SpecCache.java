package dev.slipway.ingest.format;

import dev.slipway.engine.api.PodSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The specs of pods seen lately with the bytes they were read from. A later version of a pod nearly
 * always repeats its spec byte for byte: comparing costs a fraction of finding its end, and the
 * spec is neither read nor allocated again.
 */
final class SpecCache {
  /*
   * Sets of WAYS entries, chosen by the hash of the pod's UID; within a set the one used longest ago makes room. The bytes
   * were passed by the cursor when they came in, so they are one whole value: where the record repeats all of them, the
   * value ends where they end. A hash never decides anything but where to look.
   */
  private static final int WAYS = 4;

  private final @Nullable Entry[] entries;
  private final int setMask;
  private final long bytesMax;
  private long held;
  private int clock;

  private static final class Entry {
    final byte[] bytes;
    final int tokens;
    final PodSpec spec;
    int used;

    Entry(byte[] bytes, int tokens, PodSpec spec) {
      this.bytes = bytes;
      this.tokens = tokens;
      this.spec = spec;
    }
  }

  /**
   * Makes an empty one.
   *
   * @param sets a power of two; four specs each
   * @param bytesMax of all remembered texts together
   */
  SpecCache(int sets, long bytesMax) {
    this.entries = new Entry[sets * WAYS];
    this.setMask = sets - 1;
    this.bytesMax = bytesMax;
  }

  /** The spec that stands at the cursor, which then stands behind it; null if it is not known. */
  @Nullable PodSpec take(JsonCursor cursor, long uidHash) {
    int first = first(uidHash);
    byte[] bytes = cursor.bytes;
    for (int i = first; i < first + WAYS; i++) {
      Entry entry = entries[i];
      if (entry != null
          && entry.bytes.length <= bytes.length - cursor.at
          && Arrays.equals(
              entry.bytes,
              0,
              entry.bytes.length,
              bytes,
              cursor.at,
              cursor.at + entry.bytes.length)) {
        entry.used = ++clock;
        cursor.jump(entry.bytes.length, entry.tokens);
        return entry.spec;
      }
    }
    return null;
  }

  void put(byte[] bytes, int from, int to, int tokens, long uidHash, PodSpec spec) {
    int victim = oldest(first(uidHash));
    Entry before = entries[victim];
    long after = held + (to - from) - (before == null ? 0 : before.bytes.length);
    if (after > bytesMax) {
      return;
    }
    held = after;
    var entry = new Entry(Arrays.copyOfRange(bytes, from, to), tokens, spec);
    entry.used = ++clock;
    entries[victim] = entry;
  }

  private int oldest(int first) {
    int oldest = first;
    for (int i = first; i < first + WAYS; i++) {
      Entry entry = entries[i];
      if (entry == null) {
        return i;
      }
      Entry candidate = entries[oldest];
      if (candidate != null && entry.used - candidate.used < 0) {
        oldest = i;
      }
    }
    return oldest;
  }

  private int first(long uidHash) {
    return ((int) (uidHash ^ uidHash >>> 29) & setMask) * WAYS;
  }
}
