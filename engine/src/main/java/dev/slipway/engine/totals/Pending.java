package dev.slipway.engine.totals;

import java.util.Arrays;

/**
 * Changes since the last image, a row of sums per id. Rows lie in a few large arrays, so that one
 * is found without going through a reference of its own; the mark that it has changed lies in it.
 */
final class Pending {
  private static final int CHUNK_BITS = 8;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final long[] NOTHING = new long[0];

  private long[][] chunks = new long[0][];
  private long[][] wide = new long[0][];
  private int[] marked = new int[0];
  private int markedCount;
  private int[] free = new int[0];
  private int freeCount;
  private int size;

  /** An id for a row, all zero. */
  int take() {
    if (freeCount > 0) {
      return free[--freeCount];
    }
    if (size == marked.length) {
      grow();
    }
    return size++;
  }

  private void grow() {
    int count = chunks.length;
    int more = Math.max(1, count / 2);
    chunks = Arrays.copyOf(chunks, count + more);
    for (int i = count; i < chunks.length; i++) {
      chunks[i] = new long[CHUNK * Columns.DENSE];
    }
    int capacity = chunks.length * CHUNK;
    wide = Arrays.copyOf(wide, capacity);
    Arrays.fill(wide, size, capacity, NOTHING);
    marked = Arrays.copyOf(marked, capacity);
    free = Arrays.copyOf(free, capacity);
  }

  /** Gives an id back; its row is all zero. */
  void release(int id) {
    wide[id] = NOTHING;
    free[freeCount++] = id;
  }

  /** The array the row lies in. */
  long[] chunk(int id) {
    return chunks[id >>> CHUNK_BITS];
  }

  /** Where in its array the row begins. */
  static int offset(int id) {
    return (id & (CHUNK - 1)) * Columns.DENSE;
  }

  /** Notes that a row changes. */
  void mark(int id, long[] chunk, int offset) {
    if (chunk[offset + Columns.MARK] == 0) {
      chunk[offset + Columns.MARK] = 1;
      marked[markedCount++] = id;
    }
  }

  /** Reads from each of the row's cache lines. */
  long peek(int id) {
    long[] chunk = chunks[id >>> CHUNK_BITS];
    int offset = offset(id);
    return chunk[offset + Columns.READY]
        + chunk[offset + Columns.FIRST_AMOUNT + 2]
        + chunk[offset + Columns.DENSE - 1];
  }

  /** Adds pairs of place and amount, {@code sign} times, up to pair {@code end}. */
  void addWide(int id, Contribution contribution, int end, int sign) {
    long[] row = wide[id];
    for (int i = 0; i < end; i++) {
      int place = contribution.places[i] - Columns.DENSE;
      if (place >= row.length) {
        row = Arrays.copyOf(row, place + 8);
        wide[id] = row;
      }
      row[place] += sign * contribution.amounts[i];
    }
  }

  int markedCount() {
    return markedCount;
  }

  int marked(int index) {
    return marked[index];
  }

  long[] wide(int id) {
    return wide[id];
  }

  /** Sets a row to zero. */
  void clear(int id) {
    int offset = offset(id);
    Arrays.fill(chunk(id), offset, offset + Columns.DENSE, 0);
    Arrays.fill(wide[id], 0);
  }

  /** Every row that had changed has been cleared. */
  void unmarkAll() {
    markedCount = 0;
  }
}
