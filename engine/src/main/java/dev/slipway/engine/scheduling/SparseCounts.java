package dev.slipway.engine.scheduling;

import java.util.Arrays;

/**
 * Numbers of pods by node slot, without the zeros: a list of the slots that have any, in no order
 * that matters, and a hash table from slot to place in it. Walks cost what is there; a change costs
 * a probe or two.
 */
final class SparseCounts {
  private static final int FIRST_CAPACITY = 4;
  private static final int HASH = 0x9E3779B1;

  private int[] slots = new int[FIRST_CAPACITY];
  private int[] counts = new int[FIRST_CAPACITY];
  private int[] table = new int[FIRST_CAPACITY * 2];
  private int size;

  int size() {
    return size;
  }

  int slot(int index) {
    return slots[index];
  }

  int count(int index) {
    return counts[index];
  }

  /** The number of a slot. */
  int get(int slot) {
    int place = table[find(slot)];
    return place == 0 ? 0 : counts[place - 1];
  }

  /** Adds 1 or takes 1 away. */
  void add(int slot, int delta) {
    int bucket = find(slot);
    int place = table[bucket];
    if (place == 0) {
      append(slot, delta, bucket);
      return;
    }
    counts[place - 1] += delta;
    if (counts[place - 1] == 0) {
      remove(bucket, place - 1);
    }
  }

  private void append(int slot, int count, int bucket) {
    if (size == slots.length) {
      grow();
      bucket = find(slot);
    }
    slots[size] = slot;
    counts[size] = count;
    size++;
    table[bucket] = size;
  }

  private void remove(int bucket, int index) {
    deleteBucket(bucket);
    size--;
    if (index != size) {
      slots[index] = slots[size];
      counts[index] = counts[size];
      table[find(slots[index])] = index + 1;
    }
  }

  /** Bucket of the slot, or the empty one it would take. */
  private int find(int slot) {
    int mask = table.length - 1;
    int bucket = home(slot, mask);
    while (table[bucket] != 0 && slots[table[bucket] - 1] != slot) {
      bucket = (bucket + 1) & mask;
    }
    return bucket;
  }

  private static int home(int slot, int mask) {
    int hash = slot * HASH;
    return (hash ^ (hash >>> 15)) & mask;
  }

  /** Empties a bucket and moves those up that probed past it. */
  private void deleteBucket(int bucket) {
    int mask = table.length - 1;
    int hole = bucket;
    int next = (hole + 1) & mask;
    while (table[next] != 0) {
      int home = home(slots[table[next] - 1], mask);
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        table[hole] = table[next];
        hole = next;
      }
      next = (next + 1) & mask;
    }
    table[hole] = 0;
  }

  private void grow() {
    slots = Arrays.copyOf(slots, size * 2);
    counts = Arrays.copyOf(counts, size * 2);
    table = new int[size * 4];
    for (int i = 0; i < size; i++) {
      table[find(slots[i])] = i + 1;
    }
  }
}
