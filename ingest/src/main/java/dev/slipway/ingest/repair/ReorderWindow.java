package dev.slipway.ingest.repair;

import dev.slipway.ingest.format.FeedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Holds events for a while so that one with a smaller version that arrives meanwhile goes first.
 * Versions of one resource grow over all its objects, so one order serves all pods; an event
 * without a number stays behind everything that was there when it came.
 */
final class ReorderWindow {
  private final RepairLimits limits;
  private final PriorityQueue<Held> byVersion =
      new PriorityQueue<>(
          Comparator.<Held>comparingLong(held -> held.version)
              .thenComparingLong(held -> held.sequence));
  private final ArrayDeque<Held> byArrival = new ArrayDeque<>();

  /** The largest version that came, and the largest that was let go. */
  long newest = Track.NO_VERSION;

  long released = Track.NO_VERSION;
  private long sequence;

  /** An event that waits. */
  static final class Held {
    final FeedEvent event;
    final long version;
    final long arrivalNanos;
    private final long sequence;
    private boolean out;

    Held(FeedEvent event, long version, long arrivalNanos, long sequence) {
      this.event = event;
      this.version = version;
      this.arrivalNanos = arrivalNanos;
      this.sequence = sequence;
    }
  }

  ReorderWindow(RepairLimits limits) {
    this.limits = limits;
  }

  /** Takes an event; true if it was overtaken and can still be put in its place. */
  boolean add(FeedEvent event, long number, long arrivalNanos) {
    long version = number == Track.NO_VERSION ? newest : number;
    var held = new Held(event, version, arrivalNanos, sequence++);
    boolean overtaken = version < newest && version > released;
    newest = Math.max(newest, version);
    byVersion.add(held);
    byArrival.add(held);
    return overtaken;
  }

  boolean isOverfull() {
    return byVersion.size() > limits.reorderEventsMax();
  }

  /** The next event to let go: due, or before one that is; null if none is. */
  @Nullable Held poll(long nowNanos) {
    for (Held oldest = byArrival.peek(); oldest != null; oldest = byArrival.peek()) {
      if (!oldest.out) {
        return nowNanos - oldest.arrivalNanos >= limits.reorderNanos() ? pollFirst() : null;
      }
      byArrival.poll();
    }
    return null;
  }

  /** The event with the smallest version, whether it is due or not; null if there is none. */
  @Nullable Held pollFirst() {
    Held first = byVersion.poll();
    if (first != null) {
      first.out = true;
      released = Math.max(released, first.version);
    }
    return first;
  }

  /** Those that wait, in the order they came. */
  List<Held> list() {
    List<Held> waiting = new ArrayList<>(byArrival);
    waiting.removeIf(held -> held.out);
    return waiting;
  }
}
