package dev.slipway.ops.replay;

import java.util.PriorityQueue;

/** What the cluster has to do, in order of time, then kind, then of being put down. */
final class Agenda {
  /** What happens; in one instant in this order. */
  enum Kind {
    NODE_ADDED,
    /** A pod's place is free again. */
    FREED,
    NODE_DRAINED,
    NODE_REMOVED,
    ARRIVAL,
    /** A pod that may still be without a node is to be deleted. */
    DELETION,
    /** A node looks at its memory. */
    PRESSURE,
    /** The placer wants to be asked. */
    WAKE
  }

  /**
   * One entry.
   *
   * @param life of the pod the entry is about; void once the pod has another
   */
  record Entry(long at, Kind kind, long sequence, int index, int life)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(at, other.at);
      int byKind = byTime != 0 ? byTime : kind.compareTo(other.kind);
      return byKind != 0 ? byKind : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long sequence;

  void add(long at, Kind kind, int index) {
    add(at, kind, index, 0);
  }

  void add(long at, Kind kind, int index, int life) {
    entries.add(new Entry(at, kind, sequence++, index, life));
  }

  /** Time of what comes next, Long.MAX_VALUE if nothing does. */
  long next() {
    Entry first = entries.peek();
    return first == null ? Long.MAX_VALUE : first.at();
  }

  Entry take() {
    return entries.remove();
  }
}
