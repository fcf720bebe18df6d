package dev.slipway.engine.replay;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events in the order of time, then rank, then sequence: a total order, so that the same input
 * gives the same run. A binary heap over parallel arrays.
 *
 * @param <T> what is queued
 */
final class EventQueue<T> {
  private long[] times = new long[64];
  private long[] orders = new long[64];
  private @Nullable Object[] items = new Object[64];
  private int size;
  private long sequence;

  /** Bits of the sequence number below the rank: 2^40 events before a run must end. */
  private static final int RANK_SHIFT = 40;

  /**
   * Adds an item; among equal times a lower rank comes first, among equal ranks the earlier call.
   */
  void add(long time, int rank, T item) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      orders = Arrays.copyOf(orders, 2 * size);
      items = Arrays.copyOf(items, 2 * size);
    }
    long order = (long) rank << RANK_SHIFT | sequence++;
    int k = size++;
    while (k > 0) {
      int parent = (k - 1) >>> 1;
      if (!before(time, order, parent)) {
        break;
      }
      move(parent, k);
      k = parent;
    }
    set(k, time, order, item);
  }

  /** The earliest time, Long.MAX_VALUE if the queue is empty. */
  long nextTime() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /** The rank of the first item; there must be one. */
  int nextRank() {
    return (int) (orders[0] >>> RANK_SHIFT);
  }

  /** Takes the first item; there must be one. */
  @SuppressWarnings("unchecked")
  T take() {
    Object first = items[0];
    if (first == null) {
      throw new IllegalStateException("the event queue is empty");
    }
    int last = --size;
    long time = times[last];
    long order = orders[last];
    Object item = items[last];
    items[last] = null;
    if (last > 0 && item != null) {
      int k = 0;
      while (2 * k + 1 < last) {
        int child = 2 * k + 1;
        if (child + 1 < last && before(times[child + 1], orders[child + 1], child)) {
          child++;
        }
        if (before(time, order, child)) {
          break;
        }
        move(child, k);
        k = child;
      }
      set(k, time, order, item);
    }
    return (T) first;
  }

  int size() {
    return size;
  }

  private boolean before(long time, long order, int other) {
    return time < times[other] || (time == times[other] && order < orders[other]);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    orders[to] = orders[from];
    items[to] = items[from];
  }

  private void set(int k, long time, long order, Object item) {
    times[k] = time;
    orders[k] = order;
    items[k] = item;
  }
}
