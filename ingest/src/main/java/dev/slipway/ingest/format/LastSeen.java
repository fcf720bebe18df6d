package dev.slipway.ingest.format;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stood at one place of a pod when it was last seen, with the bytes it was read from. A later
 * version of a pod repeats most of itself byte for byte: comparing costs a fraction of finding
 * where a value ends, and nothing is read or allocated again.
 */
final class LastSeen<T> {
  /*
   * Sets of WAYS entries, chosen by a key of pod and place; within a set the one used longest ago makes room. The bytes
   * were passed by the cursor when they came in, so they are one whole value that ends with its own closing bracket: where
   * the record repeats all of them, the value ends where they end. A key never decides anything but where to look.
   *
   * An entry keeps its buffer for whatever comes next: copies that live long and die often are what a generational
   * collector likes least.
   */
  private static final int WAYS = 4;

  private static final int BUFFER_STEP = 64;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final long[] keys;
  private final byte[][] buffers;
  private final int[] lengths;
  private final int[] tokens;
  private final int[] used;
  private final @Nullable Object[] values;
  private final int setMask;
  private final int entryBytesMax;
  private final long bytesMax;
  private long held;
  private int clock;

  /**
   * Makes an empty one.
   *
   * @param size how many values, a power of two and at least {@code WAYS}
   * @param entryBytesMax longer ones are not remembered
   * @param bytesMax of all buffers together
   */
  LastSeen(int size, int entryBytesMax, long bytesMax) {
    this.keys = new long[size];
    this.buffers = new byte[size][];
    this.lengths = new int[size];
    this.tokens = new int[size];
    this.used = new int[size];
    this.values = new Object[size];
    this.setMask = size / WAYS - 1;
    this.entryBytesMax = entryBytesMax;
    this.bytesMax = bytesMax;
  }

  /**
   * The value that stands at the cursor, which then stands behind it; null if it is not known, and
   * the cursor stands on its first byte.
   */
  @SuppressWarnings("unchecked") // put takes nothing but T
  @Nullable T take(JsonCursor cursor, long pod, int place) {
    cursor.peek();
    long key = key(pod, place);
    int first = first(key);
    for (int i = first; i < first + WAYS; i++) {
      if (keys[i] == key && values[i] != null && stands(i, cursor)) {
        used[i] = ++clock;
        cursor.jump(lengths[i], tokens[i]);
        return (T) values[i];
      }
    }
    return null;
  }

  private boolean stands(int entry, JsonCursor cursor) {
    byte[] record = cursor.bytes;
    int at = cursor.at;
    int length = lengths[entry];
    return at + length <= record.length
        && Arrays.equals(buffers[entry], 0, length, record, at, at + length);
  }

  /** Remembers the object or list between there and the cursor. */
  void put(JsonCursor cursor, int from, int tokensBefore, long pod, int place, T value) {
    int length = cursor.at - from;
    if (length > entryBytesMax) {
      return;
    }
    long key = key(pod, place);
    int entry = entryFor(key);
    if (!hasRoom(entry, length)) {
      return;
    }
    System.arraycopy(cursor.bytes, from, buffers[entry], 0, length);
    keys[entry] = key;
    lengths[entry] = length;
    tokens[entry] = cursor.tokens() - tokensBefore;
    values[entry] = value;
    used[entry] = ++clock;
  }

  /** Sees to it that the entry's buffer holds that many bytes; false if that is too much. */
  private boolean hasRoom(int entry, int length) {
    byte[] buffer = buffers[entry];
    int before = buffer == null ? 0 : buffer.length;
    if (before >= length) {
      return true;
    }
    int size = (length / BUFFER_STEP + 1) * BUFFER_STEP;
    if (held + size - before > bytesMax) {
      return false;
    }
    held += size - before;
    values[entry] = null; // what it had is lost even if the copy is not made
    buffers[entry] = new byte[size];
    return true;
  }

  /** The entry of the same place before, else a free one, else the one used longest ago. */
  private int entryFor(long key) {
    int first = first(key);
    int oldest = first;
    for (int i = first; i < first + WAYS; i++) {
      if (values[i] == null || keys[i] == key) {
        return i;
      }
      if (used[i] - used[oldest] < 0) {
        oldest = i;
      }
    }
    return oldest;
  }

  private static long key(long pod, int place) {
    return (pod + place) * FACTOR;
  }

  private int first(long key) {
    return ((int) (key >>> 32) & setMask) * WAYS;
  }
}
