package dev.slipway.ingest.repair;

import dev.slipway.ingest.format.FeedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds events for a while so that one with a smaller version that arrives meanwhile goes first.
 * Versions of one resource grow over all its objects, so one order serves all pods; an event
 * without a number stays behind everything that was there when it came.
 */
final class ReorderWindow {
  static final String PREFIX = "held/";

  private final RepairLimits limits;
  private final PriorityQueue<Held> byVersion =
      new PriorityQueue<>(
          Comparator.<Held>comparingLong(held -> held.version)
              .thenComparingLong(held -> held.sequence));
  private final ArrayDeque<Held> byArrival = new ArrayDeque<>();

  /** What came or went since the state was written last, by sequence. */
  private final TreeMap<Long, Held> changed = new TreeMap<>();

  /** What was written before, while it is being read. */
  private final Map<Long, byte[]> restoring = new HashMap<>();

  /** The largest version that came, and the largest that was let go. */
  long newest = Versions.NONE;

  long released = Versions.NONE;
  private long sequence;

  /** An event that waits. */
  static final class Held {
    final FeedEvent event;
    final long version;
    final long arrivalNanos;
    private final long sequence;
    private boolean out;
    private boolean written;

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
    long version = number == Versions.NONE ? newest : number;
    var held = new Held(event, version, arrivalNanos, sequence++);
    boolean overtaken = version < newest && version > released;
    newest = Math.max(newest, version);
    byVersion.add(held);
    byArrival.add(held);
    changed.put(held.sequence, held);
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
      changed.put(first.sequence, first);
    }
    return first;
  }

  /** Writes what came or went since the last time. */
  void save(StateSink sink) {
    for (Held held : changed.values()) {
      if (!held.out) {
        held.written = true;
        sink.put(PREFIX + held.sequence, StateJson.held(held));
      } else if (held.written) {
        sink.put(PREFIX + held.sequence, null);
      }
    }
    changed.clear();
  }

  /** Takes up one that waited, or forgets it again. */
  void restore(String key, byte @Nullable [] value) {
    long number = Long.parseLong(key.substring(PREFIX.length()));
    if (value == null) {
      restoring.remove(number);
    } else {
      restoring.put(number, value);
    }
  }

  /** All was read: those that are left wait as before. */
  void restored() {
    new TreeMap<>(restoring)
        .forEach((number, value) -> {
          Held held = StateJson.held(new String(value, StandardCharsets.UTF_8), number);
          held.written = true;
          byVersion.add(held);
          byArrival.add(held);
          sequence = number + 1;
        });
    restoring.clear();
  }
}
