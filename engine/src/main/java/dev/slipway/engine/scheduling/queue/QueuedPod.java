package dev.slipway.engine.scheduling.queue;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.scheduling.Plugin;
import dev.slipway.engine.scheduling.SchedulingPod;
import java.util.EnumSet;
import java.util.Set;

/** A pod of the queue with what its attempts have left behind (K-101 to K-104). */
public final class QueuedPod {
  private static final long FIRST_BACKOFF = Times.SECOND;
  private static final long LONGEST_BACKOFF = 10 * Times.SECOND;
  private static final int DOUBLINGS_MAX = 4;

  /** Where a pod waits. */
  enum Place {
    NOWHERE,
    ACTIVE,
    BACK_OFF,
    ERROR_BACK_OFF,
    UNSCHEDULABLE,
    GATED,
    IN_FLIGHT
  }

  SchedulingPod pod;

  /** Its newest object; differs from {@link #pod} after an update in flight. */
  SchedulingPod latest;

  Place place = Place.NOWHERE;
  final long number;
  long timestamp;
  private long flushed;
  int attempts;
  Set<Plugin> unschedulable = EnumSet.noneOf(Plugin.class);
  Set<Plugin> pending = EnumSet.noneOf(Plugin.class);
  private int rejections;
  private int errors;

  QueuedPod(SchedulingPod pod, long number, long now) {
    this.pod = pod;
    this.latest = pod;
    this.number = number;
    this.timestamp = now;
    this.flushed = now;
  }

  public SchedulingPod pod() {
    return pod;
  }

  /** The newest object the queue was told of, which may be newer than the one being tried. */
  public SchedulingPod latest() {
    return latest;
  }

  /** Attempts so far, the current one included. */
  public int attempts() {
    return attempts;
  }

  /** When it was added, or came back last; epoch nanoseconds. */
  public long timestamp() {
    return timestamp;
  }

  /** Plugins that rejected it last. */
  public Set<Plugin> rejectedBy() {
    Set<Plugin> all = EnumSet.noneOf(Plugin.class);
    all.addAll(unschedulable);
    all.addAll(pending);
    return all;
  }

  boolean rejected() {
    return !unschedulable.isEmpty() || !pending.isEmpty();
  }

  /** An attempt ended without a node. */
  void failed(Set<Plugin> by, Set<Plugin> waitingFor, long now) {
    unschedulable = by;
    pending = waitingFor;
    timestamp = now;
    if (rejected()) {
      rejections++;
      errors = 0;
    } else {
      errors++;
    }
  }

  /**
   * Last whole second in which the pod still backs off; {@link Times#NONE} if it does not at all.
   */
  long backOffUntil() {
    int count = errors > 0 ? errors : rejections;
    if (count == 0) {
      return Times.NONE;
    }
    long wait = FIRST_BACKOFF << Math.min(count - 1, DOUBLINGS_MAX);
    return wholeSecond(timestamp + Math.min(wait, LONGEST_BACKOFF));
  }

  /** Since when it waits as far as the flush of left-over pods goes (K-109). */
  long waitingSince() {
    return Math.max(timestamp, flushed);
  }

  void flushed(long now) {
    flushed = now;
  }

  boolean backsOff(long now) {
    long until = backOffUntil();
    return until != Times.NONE && until >= wholeSecond(now);
  }

  static long wholeSecond(long time) {
    return Math.floorDiv(time, Times.SECOND) * Times.SECOND;
  }
}
