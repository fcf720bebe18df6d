package dev.slipway.ingest.format;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what bytes were read as, so that the same bytes give the same object without reading
 * them again. A fixed number of places, each with room for the latest bytes that fell there:
 * forgetting costs time, never a wrong answer, since the bytes are compared.
 */
final class Memo<T> {
  private final byte[][] keys;
  private final @Nullable Object[] values;
  private final int mask;
  private final int bytesMax;

  /**
   * Makes an empty one.
   *
   * @param places a power of two
   * @param bytesMax longer ones are not remembered; with the places the bound of its memory
   */
  Memo(int places, int bytesMax) {
    this.keys = new byte[places][];
    this.values = new Object[places];
    this.mask = places - 1;
    this.bytesMax = bytesMax;
  }

  /** What those bytes were read as, null if that is not known. */
  @SuppressWarnings("unchecked") // put takes nothing but T
  @Nullable T get(byte[] bytes, int from, int to) {
    int place = place(bytes, from, to);
    byte[] key = keys[place];
    return key != null && Arrays.equals(key, 0, key.length, bytes, from, to)
        ? (T) values[place]
        : null;
  }

  void put(byte[] bytes, int from, int to, T value) {
    if (to - from <= bytesMax) {
      int place = place(bytes, from, to);
      keys[place] = Arrays.copyOfRange(bytes, from, to);
      values[place] = value;
    }
  }

  private int place(byte[] bytes, int from, int to) {
    long hash = Bytes.hash(bytes, from, to);
    return (int) (hash ^ hash >>> 17) & mask;
  }
}
