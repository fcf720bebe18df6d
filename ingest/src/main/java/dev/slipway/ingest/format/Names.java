package dev.slipway.ingest.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A fixed set of field names, looked up by their bytes; the answer is the name's place in it. Names
 * in the order in which the API server writes them are found by looking whether the next one stands
 * there.
 */
final class Names {
  static final int UNKNOWN = -1;

  /** There is no further field. */
  static final int END = -2;

  /** How many fields in a row may be left out before the name is looked up. */
  private static final int AHEAD = 6;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[][] table;
  private final int[] places;
  private final int mask;

  /** Each name with its quotes and colon: the first eight bytes, then all, the last eight whole. */
  private final long[] heads;

  private final long[] headMasks;
  private final long[][] rests;
  private final int[] quotedLengths;
  private int longest = Long.BYTES;

  private Names(int size, int names) {
    this.table = new byte[size][];
    this.places = new int[size];
    this.mask = size - 1;
    this.heads = new long[names];
    this.headMasks = new long[names];
    this.rests = new long[names][];
    this.quotedLengths = new int[names];
  }

  /** The set of those ASCII names. */
  static Names of(String... names) {
    var set = new Names(Integer.highestOneBit(names.length) * 4, names.length);
    for (int i = 0; i < names.length; i++) {
      set.put(names[i].getBytes(StandardCharsets.US_ASCII), i);
      set.putQuoted(("\"" + names[i] + "\":").getBytes(StandardCharsets.US_ASCII), i);
    }
    return set;
  }

  private void put(byte[] name, int place) {
    int slot = slot(name, 0, name.length);
    while (table[slot] != null) {
      slot = (slot + 1) & mask;
    }
    table[slot] = name;
    places[slot] = place;
  }

  private void putQuoted(byte[] quoted, int place) {
    int length = quoted.length;
    byte[] padded = Arrays.copyOf(quoted, Math.max(Long.BYTES, length));
    heads[place] = (long) LONGS.get(padded, 0);
    headMasks[place] = length >= Long.BYTES ? -1L : (1L << 8 * length) - 1;
    quotedLengths[place] = length;
    longest = Math.max(longest, length);
    int more = Math.max(0, (length - 1) / Long.BYTES);
    rests[place] = new long[more];
    for (int i = 0; i < more; i++) {
      rests[place][i] = (long) LONGS.get(padded, restAt(length, i));
    }
  }

  /** Where the words behind the first one begin; the last one ends with the name. */
  private static int restAt(int length, int word) {
    return Math.min((word + 1) * Long.BYTES, length - Long.BYTES);
  }

  /**
   * The place of the name that stands there with quotes and colon, if it is the expected one or one
   * of the few after it; {@link #UNKNOWN} says only that it is none of these.
   */
  int expected(byte[] bytes, int at, int expected) {
    if (at + longest > bytes.length) {
      return UNKNOWN;
    }
    long head = (long) LONGS.get(bytes, at);
    int end = Math.min(expected + AHEAD, heads.length);
    for (int i = expected; i < end; i++) {
      if ((head & headMasks[i]) == heads[i] && restStands(i, bytes, at)) {
        return i;
      }
    }
    return UNKNOWN;
  }

  private boolean restStands(int place, byte[] bytes, int at) {
    long[] rest = rests[place];
    int length = quotedLengths[place];
    for (int i = 0; i < rest.length; i++) {
      if ((long) LONGS.get(bytes, at + restAt(length, i)) != rest[i]) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of a name with its quotes and colon. */
  int quotedLength(int place) {
    return quotedLengths[place];
  }

  /** The place of the name that stands there, {@link #UNKNOWN} if it is none of them. */
  int find(byte[] bytes, int from, int to) {
    if (from == to) {
      return UNKNOWN;
    }
    for (int slot = slot(bytes, from, to); table[slot] != null; slot = (slot + 1) & mask) {
      byte[] name = table[slot];
      if (name.length == to - from && Arrays.equals(name, 0, name.length, bytes, from, to)) {
        return places[slot];
      }
    }
    return UNKNOWN;
  }

  /** Length, first, middle and last letter tell the names of the API apart well enough. */
  private int slot(byte[] bytes, int from, int to) {
    int length = to - from;
    int hash =
        length * 31 + bytes[from] * 7 + bytes[to - 1] * 131 + bytes[from + (length >> 1)] * 17;
    return (hash ^ hash >>> 5) & mask;
  }
}
