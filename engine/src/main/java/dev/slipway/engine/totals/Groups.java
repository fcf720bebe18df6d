package dev.slipway.engine.totals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The sums of one grouping as of the last image, a row per group that has pods. Readers get copies
 * of the rows that changed and share the rest; a group without pods is gone.
 */
final class Groups<K> {
  private static final int FIRST_CAPACITY = GroupRows.PAGE;

  private final Map<K, Integer> ids = new HashMap<>();
  private Object[] keys = new Object[FIRST_CAPACITY];
  private long[][] rows = new long[FIRST_CAPACITY][];
  private long[][][] published = new long[][][] {new long[GroupRows.PAGE][]};

  /** Pages made for the image that is being made; those before are readers'. */
  private boolean[] fresh = new boolean[published.length];

  private boolean[] dirty = new boolean[FIRST_CAPACITY];
  private int[] dirtyIds = new int[FIRST_CAPACITY];
  private int[] free = new int[FIRST_CAPACITY];
  private int dirtyCount;
  private int freeCount;
  private int size;
  private boolean idsChanged = true;
  private Map<K, Integer> publishedIds = Map.of();

  /** Id of a group, made if there is none. */
  int idOf(K key) {
    Integer known = ids.get(key);
    if (known != null) {
      return known;
    }
    if (freeCount == 0 && size == keys.length) {
      grow();
    }
    int id = freeCount > 0 ? free[--freeCount] : size++;
    keys[id] = key;
    rows[id] = new long[Columns.DENSE];
    ids.put(key, id);
    idsChanged = true;
    return id;
  }

  private void grow() {
    int capacity = size * 2;
    keys = Arrays.copyOf(keys, capacity);
    rows = Arrays.copyOf(rows, capacity);
    dirty = Arrays.copyOf(dirty, capacity);
    dirtyIds = Arrays.copyOf(dirtyIds, capacity);
    free = Arrays.copyOf(free, capacity);
    int pages = published.length;
    published = Arrays.copyOf(published, capacity >>> GroupRows.PAGE_BITS);
    for (int i = pages; i < published.length; i++) {
      published[i] = new long[GroupRows.PAGE][];
    }
    fresh = new boolean[published.length];
  }

  /** Adds what has changed in a row of {@code pending}. */
  void add(int id, Pending pending, int from) {
    if (!dirty[id]) {
      dirty[id] = true;
      dirtyIds[dirtyCount++] = id;
    }
    long[] wide = pending.wide(from);
    if (rows[id].length < Columns.DENSE + wide.length) {
      rows[id] = Arrays.copyOf(rows[id], Columns.DENSE + wide.length);
    }
    long[] row = rows[id];
    long[] chunk = pending.chunk(from);
    int offset = Pending.offset(from);
    for (int i = 0; i < Columns.DENSE; i++) {
      row[i] += chunk[offset + i];
    }
    for (int i = 0; i < wide.length; i++) {
      row[Columns.DENSE + i] += wide[i];
    }
    row[Columns.MARK] = 0;
  }

  /** Copies what has changed and lets go of groups without pods. */
  GroupRows<K> publish() {
    published = published.clone();
    for (int i = 0; i < dirtyCount; i++) {
      publish(dirtyIds[i]);
    }
    for (int i = 0; i < dirtyCount; i++) {
      fresh[dirtyIds[i] >>> GroupRows.PAGE_BITS] = false;
    }
    dirtyCount = 0;
    if (idsChanged) {
      publishedIds = Map.copyOf(ids);
      idsChanged = false;
    }
    return new GroupRows<>(publishedIds, published);
  }

  private void publish(int id) {
    dirty[id] = false;
    int page = id >>> GroupRows.PAGE_BITS;
    if (!fresh[page]) {
      fresh[page] = true;
      published[page] = published[page].clone();
    }
    if (rows[id][Columns.PODS] == 0) {
      drop(id);
    } else {
      published[page][id & (GroupRows.PAGE - 1)] = rows[id].clone();
    }
  }

  @SuppressWarnings("NullAway") // the places of a free id are not read
  private void drop(int id) {
    ids.remove(keys[id]);
    keys[id] = null;
    rows[id] = null;
    published[id >>> GroupRows.PAGE_BITS][id & (GroupRows.PAGE - 1)] = null;
    free[freeCount++] = id;
    idsChanged = true;
  }
}
