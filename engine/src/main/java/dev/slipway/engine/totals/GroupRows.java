package dev.slipway.engine.totals;

import java.util.Map;

/**
 * Rows of a grouping at one moment, and which is whose. They come in pages, so that the next moment
 * shares those in which nothing has changed.
 *
 * @param ids place of its row by group
 */
record GroupRows<K>(Map<K, Integer> ids, long[][][] pages) {
  static final int PAGE_BITS = 5;
  static final int PAGE = 1 << PAGE_BITS;

  private static final long[] ZERO = new long[0];

  /** The row of a group, of length 0 if it has no pods. */
  long[] row(K key) {
    Integer id = ids.get(key);
    return id == null ? ZERO : pages[id >>> PAGE_BITS][id & (PAGE - 1)];
  }
}
