package dev.slipway.actors;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one shard: adding and cancelling cost the same however many there are, and they
 * come out in their total order.
 *
 * <p>Time is cut into ticks of 2^20 ns (1.05 ms). A deadline lies in a slot of one of eight levels
 * of 64 slots; the level is the highest group of six bits in which its tick differs from the tick
 * reached. So level 0 holds the next 67 ms tick by tick, level 1 the next 4.3 s, level 2 the next
 * 4.6 min, and a deadline moves down a level at most seven times in its life, mostly one to three
 * times. A bit per slot says which are in use: the next one is found without walking through empty
 * time. Within a tick a heap brings the exact order; it holds one tick's deadlines only. A slot is
 * a doubly linked list, so that cancelling unlinks; a cancelled deadline in the heap is dropped
 * when it comes up. (Agrona's wheel fires the deadlines of a tick in no order and needs a map from
 * its timer ids; the order is what we are after.)
 */
final class DeadlineWheel {
  private static final int TICK_SHIFT = 20;
  private static final int LEVEL_BITS = 6;
  private static final int SLOTS = 1 << LEVEL_BITS;
  private static final int LEVELS = 8;
  private static final int NEAR_INITIAL = 64;

  private final @Nullable Deadline[] slots = new Deadline[LEVELS * SLOTS];
  private final long[] occupied = new long[LEVELS];
  private @Nullable Deadline[] near = new Deadline[NEAR_INITIAL];
  private int nearSize;
  private int size;

  /** Deadlines of this tick and before are in the heap. */
  private long tickReached;

  DeadlineWheel(long start) {
    this.tickReached = start >> TICK_SHIFT;
  }

  /** How many wait. */
  int size() {
    return size;
  }

  /** Takes a deadline in; one that is over already comes out next. */
  void add(Deadline deadline) {
    size++;
    place(deadline);
  }

  /** Takes a deadline out; one that is not in does no harm. */
  void cancel(Deadline deadline) {
    if (!deadline.armed()) {
      return;
    }
    size--;
    if (deadline.slot != Deadline.NEAR) {
      unlink(deadline);
    }
    deadline.slot = Deadline.NOWHERE;
  }

  /** Takes out the first deadline if its time is not after the limit, else null. */
  @Nullable Deadline poll(long limit) {
    while (true) {
      Deadline first = near[0];
      if (nearSize == 0 || first == null) {
        if (!advance(limit)) {
          return null;
        }
      } else if (!first.armed()) {
        removeFirst();
      } else if (first.at > limit) {
        return null;
      } else {
        removeFirst();
        first.slot = Deadline.NOWHERE;
        size--;
        return first;
      }
    }
  }

  // The wheel.

  private void place(Deadline deadline) {
    long tick = deadline.at >> TICK_SHIFT;
    if (tick <= tickReached) {
      deadline.slot = Deadline.NEAR;
      push(deadline);
      return;
    }
    int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros(tick ^ tickReached)) / LEVEL_BITS;
    int place = (int) (tick >>> (level * LEVEL_BITS)) & (SLOTS - 1);
    link(deadline, level * SLOTS + place);
    occupied[level] |= 1L << place;
  }

  /**
   * Goes on to the next slot in use and empties it downwards; false if it begins after the limit or
   * there is none.
   */
  private boolean advance(long limit) {
    int level = 0;
    while (occupied[level] == 0) {
      if (++level == LEVELS) {
        return false;
      }
    }
    int place = Long.numberOfTrailingZeros(occupied[level]);
    int shift = level * LEVEL_BITS;
    long base = tickReached >> (shift + LEVEL_BITS) << (shift + LEVEL_BITS);
    long start = base | (long) place << shift;
    if (start > limit >> TICK_SHIFT) {
      return false;
    }
    tickReached = start;
    occupied[level] &= ~(1L << place);
    Deadline head = slots[level * SLOTS + place];
    slots[level * SLOTS + place] = null;
    while (head != null) {
      Deadline next = head.next;
      head.next = null;
      head.previous = null;
      place(head);
      head = next;
    }
    return true;
  }

  private void link(Deadline deadline, int slot) {
    Deadline head = slots[slot];
    deadline.slot = (short) slot;
    deadline.next = head;
    if (head != null) {
      head.previous = deadline;
    }
    slots[slot] = deadline;
  }

  private void unlink(Deadline deadline) {
    Deadline next = deadline.next;
    Deadline previous = deadline.previous;
    if (next != null) {
      next.previous = previous;
    }
    if (previous != null) {
      previous.next = next;
    } else {
      slots[deadline.slot] = next;
      if (next == null) {
        occupied[deadline.slot / SLOTS] &= ~(1L << deadline.slot % SLOTS);
      }
    }
    deadline.next = null;
    deadline.previous = null;
  }

  // The heap.

  private void push(Deadline deadline) {
    if (nearSize == near.length) {
      near = Arrays.copyOf(near, 2 * nearSize);
    }
    int k = nearSize++;
    while (k > 0) {
      Deadline parent = near[(k - 1) >>> 1];
      if (parent == null || !deadline.before(parent)) {
        break;
      }
      near[k] = parent;
      k = (k - 1) >>> 1;
    }
    near[k] = deadline;
  }

  private void removeFirst() {
    int last = --nearSize;
    Deadline moved = near[last];
    near[last] = null;
    if (last == 0 || moved == null) {
      return;
    }
    int k = 0;
    while (2 * k + 1 < last) {
      int child = smallerChild(k, last);
      Deadline candidate = near[child];
      if (candidate == null || moved.before(candidate)) {
        break;
      }
      near[k] = candidate;
      k = child;
    }
    near[k] = moved;
  }

  private int smallerChild(int k, int last) {
    int left = 2 * k + 1;
    Deadline a = near[left];
    Deadline b = left + 1 < last ? near[left + 1] : null;
    return a != null && b != null && b.before(a) ? left + 1 : left;
  }
}
