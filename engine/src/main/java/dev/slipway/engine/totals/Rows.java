package dev.slipway.engine.totals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The sums of one grouping, a row per group. Readers get copies of the rows that changed since the
 * last image and share the rest.
 */
final class Rows {
  private static final long[] UNUSED = new long[0];

  private final Map<String, Integer> ids = new HashMap<>();
  private String[] names = new String[8];
  private long[][] rows = new long[8][];
  private long[][] published = new long[8][];
  private boolean[] dirty = new boolean[8];
  private int[] dirtyIds = new int[8];
  private int dirtyCount;
  private int size;
  private Map<String, Integer> publishedIds = Map.of();

  /** Id of a group, made if there is none. */
  int idOf(String name) {
    Integer known = ids.get(name);
    if (known != null) {
      return known;
    }
    if (size == names.length) {
      grow();
    }
    names[size] = name;
    rows[size] = new long[Columns.DENSE];
    published[size] = UNUSED;
    ids.put(name, size);
    return size++;
  }

  private void grow() {
    int capacity = size * 2;
    names = Arrays.copyOf(names, capacity);
    rows = Arrays.copyOf(rows, capacity);
    published = Arrays.copyOf(published, capacity);
    dirty = Arrays.copyOf(dirty, capacity);
    dirtyIds = Arrays.copyOf(dirtyIds, capacity);
  }

  /** The row of a group, to be changed. */
  long[] change(int id) {
    if (!dirty[id]) {
      dirty[id] = true;
      dirtyIds[dirtyCount++] = id;
    }
    return rows[id];
  }

  /**
   * Adds pairs of place and amount, {@code sign} times; the row grows to the highest place it has
   * met.
   */
  void addSparse(int id, int[] places, long[] amounts, int sign) {
    long[] row = change(id);
    for (int i = 0; i < places.length; i++) {
      int place = places[i];
      if (place >= row.length) {
        row = Arrays.copyOf(row, place + 8);
        rows[id] = row;
      }
      row[place] += sign * amounts[i];
    }
  }

  /** All rows as they are now. */
  long[][] publish() {
    long[][] copies = new long[size][];
    for (int i = 0; i < dirtyCount; i++) {
      int id = dirtyIds[i];
      published[id] = rows[id].clone();
      dirty[id] = false;
    }
    dirtyCount = 0;
    System.arraycopy(published, 0, copies, 0, size);
    return copies;
  }

  /** Ids by name; the same map until a group is added. */
  Map<String, Integer> publishIds() {
    if (publishedIds.size() != size) {
      publishedIds = Map.copyOf(ids);
    }
    return publishedIds;
  }
}
