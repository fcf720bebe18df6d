package dev.slipway.ingest.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A fixed set of field names, looked up by their bytes; the answer is the name's place in it. */
final class Names {
  static final int UNKNOWN = -1;

  private final byte[][] table;
  private final int[] places;
  private final int mask;

  private Names(int size) {
    this.table = new byte[size][];
    this.places = new int[size];
    this.mask = size - 1;
  }

  /** The set of those ASCII names. */
  static Names of(String... names) {
    var set = new Names(Integer.highestOneBit(names.length) * 4);
    for (int i = 0; i < names.length; i++) {
      set.put(names[i].getBytes(StandardCharsets.US_ASCII), i);
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
