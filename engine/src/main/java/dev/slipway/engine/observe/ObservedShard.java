package dev.slipway.engine.observe;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one partition of a feed. Its clock is the feed: what is waited for in vain is
 * reported when a record shows that the time has passed, before that record is looked at. So the
 * same records give the same answers, however they are batched and whenever they are read.
 */
public final class ObservedShard {
  /** How often totals are told, in the feed's time. */
  private static final long TOTALS_EVERY = 10 * Times.SECOND;

  private final ObserveSettings settings;
  private final ShardSink sink;
  private final ObservedSpecs specs = new ObservedSpecs();
  private final Map<String, ObservedPod> pods = new HashMap<>();

  /** Deadlines in force and stale ones; a stale one is not its pod's {@code armed}. */
  private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>();

  private final ShardTotals totals = new ShardTotals();
  private long clock = Times.NONE;

  /** When to look at a pod; pods of one instant in the order of their uids. */
  private record Deadline(long at, String uid) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : uid.compareTo(other.uid);
    }
  }

  public ObservedShard(ObserveSettings settings, ShardSink sink) {
    this.settings = settings;
    this.sink = sink;
  }

  /** A new version of a pod; false if it says nothing new. */
  public boolean version(Pod version, long atNanos) {
    advance(atNanos);
    String identity = identityOf(version.metadata());
    ObservedPod known = pods.get(identity);
    ObservedPod pod = known == null ? ObservedPod.of(version, specs) : known;
    String node = pod.node;
    if (known == null) {
      pods.put(identity, pod);
    } else {
      totals.remove(pod);
    }
    boolean newer = pod.observe(version, clock, specs, settings, sink);
    totals.add(pod);
    if (newer) {
      totals.tellEmpty(pod, node, sink);
      arm(identity, pod);
      sink.changed(pod);
    }
    return newer;
  }

  /** The pod's object is gone; {@code last} is its last version. False if it was not known. */
  public boolean gone(Pod last, long atNanos) {
    version(last, atNanos);
    return gone(identityOf(last.metadata()), atNanos);
  }

  /** The same where nobody has a last version. */
  public boolean gone(String identity, long atNanos) {
    advance(atNanos);
    ObservedPod pod = pods.remove(identity);
    if (pod == null) {
      return false;
    }
    pod.armed = Times.NONE;
    pod.gone(atNanos, sink);
    totals.remove(pod);
    totals.tellEmpty(pod, pod.node, sink);
    sink.forgotten(pod);
    return true;
  }

  /** A pod known by its name only turned out to have a UID: it is the same pod. */
  public void rekey(String identity, String uid) {
    ObservedPod pod = pods.remove(identity);
    if (pod != null) {
      sink.forgotten(pod);
      pod.uid = uid;
      pod.armed = Times.NONE;
      pods.put(uid, pod);
      arm(uid, pod);
      sink.changed(pod);
    }
  }

  /** Time has come so far; it never goes back. */
  public void advance(long atNanos) {
    if (atNanos == Times.NONE || (clock != Times.NONE && atNanos <= clock)) {
      return;
    }
    boolean tick = ShardTotals.tick(clock, TOTALS_EVERY) != ShardTotals.tick(atNanos, TOTALS_EVERY);
    clock = atNanos;
    if (tick) {
      totals.tell(sink);
    }
    for (Deadline next = deadlines.peek();
        next != null && next.at <= clock;
        next = deadlines.peek()) {
      deadlines.poll();
      ObservedPod pod = pods.get(next.uid);
      if (pod != null && pod.armed == next.at) {
        pod.armed = Times.NONE;
        pod.due(clock, settings, sink);
        arm(next.uid, pod);
        sink.changed(pod);
      }
    }
  }

  private void arm(String identity, ObservedPod pod) {
    long at = pod.checkAt(settings);
    if (at != pod.armed) {
      pod.armed = at;
      if (at != Times.NONE) {
        deadlines.add(new Deadline(at, identity));
      }
    }
  }

  /** Puts back a pod from its snapshot; its deadlines are absolute and are armed anew. */
  public void restore(ObservedPod pod) {
    String identity = pod.uid.isEmpty() ? pod.namespace + "/" + pod.name : pod.uid;
    pods.put(identity, pod);
  }

  /** A pod a changelog has forgotten again. */
  public void restoreGone(String identity) {
    pods.remove(identity);
  }

  /** All pods are back: time goes on from there. */
  public void restored(long clockNanos) {
    clock = clockNanos;
    pods.forEach((identity, pod) -> {
      totals.add(pod);
      arm(identity, pod);
    });
  }

  /** Tells the totals that have changed since they were last told, without waiting for the tick. */
  public void tellTotals() {
    totals.tell(sink);
  }

  /** Counts of all groups as they are now. */
  public Collection<GroupTotals> totals() {
    return totals.all();
  }

  /** Reads a snapshot with the specs of this shard. */
  public ObservedPod decode(byte[] snapshot) {
    return PodSnapshot.decode(snapshot, specs);
  }

  /** The latest time of the feed so far, {@link Times#NONE} at its beginning. */
  public long clock() {
    return clock;
  }

  public @Nullable ObservedPod get(String identity) {
    return pods.get(identity);
  }

  public Collection<ObservedPod> pods() {
    return Collections.unmodifiableCollection(pods.values());
  }

  private static String identityOf(ObjectMeta meta) {
    return meta.uid().isEmpty() ? meta.key() : meta.uid();
  }
}
