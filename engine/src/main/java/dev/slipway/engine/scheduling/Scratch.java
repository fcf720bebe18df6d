package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arrays of numbers lent for one decision and used again for the next. */
final class Scratch {
  private final List<long[]> arrays = new ArrayList<>();
  private int lent;

  /** An array of at least that length whose first {@code length} numbers are 0. */
  long[] take(int length) {
    if (lent == arrays.size()) {
      arrays.add(new long[Math.max(length, 16)]);
    } else if (arrays.get(lent).length < length) {
      arrays.set(lent, new long[length * 2]);
    }
    long[] array = arrays.get(lent++);
    Arrays.fill(array, 0, length, 0);
    return array;
  }

  /** All arrays come back. */
  void reset() {
    lent = 0;
  }
}
