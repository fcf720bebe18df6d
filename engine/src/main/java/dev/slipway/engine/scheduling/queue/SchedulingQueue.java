package dev.slipway.engine.scheduling.queue;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.scheduling.Change;
import dev.slipway.engine.scheduling.ClusterEvent;
import dev.slipway.engine.scheduling.Nominations;
import dev.slipway.engine.scheduling.Plugin;
import dev.slipway.engine.scheduling.QueueingHints;
import dev.slipway.engine.scheduling.SchedulingPod;
import dev.slipway.engine.scheduling.queue.QueuedPod.Place;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The scheduling queue (K-100 to K-115; source: {@code backend/queue/scheduling_queue.go}, 1.37).
 * One owner. Every call says what time it is, never earlier than the last one; {@link #advance}
 * does what the reference's timers do in between and is to be called first.
 */
public final class SchedulingQueue {
  private static final long LEFTOVER_EVERY = 30 * Times.SECOND;
  private static final long LEFTOVER_AFTER = 5 * 60 * Times.SECOND;

  private static final Comparator<QueuedPod> ORDER =
      Comparator.<QueuedPod>comparingInt(pod -> pod.pod.priority())
          .reversed()
          .thenComparingLong(pod -> pod.timestamp)
          .thenComparingLong(pod -> pod.number);
  private static final Comparator<QueuedPod> EXPIRY =
      Comparator.comparingLong(QueuedPod::backOffUntil).thenComparing(ORDER);

  private final Nominations nominations;
  private final Map<String, QueuedPod> pods = new HashMap<>();
  private final TreeSet<QueuedPod> active = new TreeSet<>(ORDER);
  private final TreeSet<QueuedPod> backOff = new TreeSet<>(EXPIRY);
  private final TreeSet<QueuedPod> errorBackOff = new TreeSet<>(EXPIRY);
  private final UnschedulablePods unschedulable = new UnschedulablePods();
  private final TreeSet<QueuedPod> gated = new TreeSet<>(UnschedulablePods.AGE);
  private final InFlight inFlight = new InFlight();
  private long numbers;

  /** A queue that keeps nominations there, {@code cluster.nominations()}. */
  public SchedulingQueue(Nominations nominations) {
    this.nominations = nominations;
  }

  /** A pod without a node came; one with scheduling gates is held (K-112). */
  public void add(SchedulingPod pod, long now) {
    if (pods.containsKey(pod.uid())) {
      throw new IllegalArgumentException("pod is in the queue already: " + pod.key());
    }
    var queued = new QueuedPod(pod, numbers++, now);
    pods.put(pod.uid(), queued);
    nominations.add(pod);
    activate(queued);
  }

  /** The object of a waiting pod changed (K-111). */
  public void update(SchedulingPod old, SchedulingPod pod, long now) {
    QueuedPod queued = pods.get(pod.uid());
    if (queued == null) {
      add(pod, now);
      return;
    }
    List<Change> changes = Change.ofWaiting(old, pod);
    switch (queued.place) {
      case IN_FLIGHT -> {
        queued.latest = pod;
        changes.forEach(inFlight::note);
      }
      case ACTIVE, BACK_OFF, ERROR_BACK_OFF -> {
        replace(queued, pod);
        nominations.update(old, pod);
      }
      case UNSCHEDULABLE, GATED, NOWHERE -> {
        replace(queued, pod);
        nominations.update(old, pod);
        for (Change change : changes) {
          if (requeue(queued, worth(queued, change), now)) {
            break;
          }
        }
      }
    }
  }

  /** Puts the new object in place of the old one; its place in the order may hang on it. */
  private void replace(QueuedPod queued, SchedulingPod pod) {
    Place place = queued.place;
    leave(queued);
    queued.pod = pod;
    queued.latest = pod;
    enter(queued, place);
  }

  /** The pod was deleted. In flight it stays until {@link #done} or {@link #fail}. */
  public void delete(SchedulingPod pod) {
    nominations.clear(pod.uid());
    QueuedPod queued = pods.get(pod.uid());
    if (queued != null && queued.place != Place.IN_FLIGHT) {
      leave(queued);
      pods.remove(pod.uid());
    }
  }

  /**
   * The next pod to try, null if none is there. With nothing active the pod whose back-off ends
   * first is taken at once (K-107).
   */
  public @Nullable QueuedPod pop() {
    QueuedPod next = active.isEmpty() ? backOff.pollFirst() : active.pollFirst();
    if (next == null) {
      return null;
    }
    next.attempts++;
    next.unschedulable = EnumSet.noneOf(Plugin.class);
    next.pending = EnumSet.noneOf(Plugin.class);
    next.place = Place.IN_FLIGHT;
    inFlight.begin(next);
    return next;
  }

  /**
   * An attempt ended without a node (K-103, K-105).
   *
   * @param current the object it goes back with, usually {@link QueuedPod#latest}
   * @param rejectedBy plugins that rejected it; with {@code waitingFor} empty too it was an error
   * @param waitingFor plugins that will say when it may go on
   */
  public void fail(
      QueuedPod queued,
      SchedulingPod current,
      Set<Plugin> rejectedBy,
      Set<Plugin> waitingFor,
      long now) {
    List<Change> seen = inFlight.end(queued);
    queued.place = Place.NOWHERE;
    queued.pod = current;
    queued.latest = current;
    queued.failed(copy(rejectedBy), copy(waitingFor), now);
    Worth worth = queued.rejected() ? Worth.NO : Worth.AFTER_BACK_OFF;
    for (Change change : seen) {
      Worth one = queued.rejected() ? worth(queued, change) : Worth.NO;
      worth = one.ordinal() > worth.ordinal() ? one : worth;
    }
    requeue(queued, worth, now);
  }

  private static Set<Plugin> copy(Set<Plugin> plugins) {
    Set<Plugin> copy = EnumSet.noneOf(Plugin.class);
    copy.addAll(plugins);
    return copy;
  }

  /** The pod in flight got its node, or is gone; its nomination ends with {@code addPod}. */
  public void done(QueuedPod queued) {
    inFlight.end(queued);
    queued.place = Place.NOWHERE;
    pods.remove(queued.pod.uid());
  }

  /** Something happened in the cluster (K-108). */
  public void event(ClusterEvent event, long now) {
    int priorityMax =
        event instanceof ClusterEvent.NominatedPodDeleted deleted
            ? deleted.pod().priority()
            : Integer.MAX_VALUE;
    for (Change change : Change.of(event)) {
      for (QueuedPod queued :
          unschedulable.all(
              pod -> pod.pod.priority() <= priorityMax && worth(pod, change) != Worth.NO)) {
        requeue(queued, worth(queued, change), now);
      }
      inFlight.note(change);
    }
  }

  /** The pod is to be tried at once (K-110). */
  public void activate(SchedulingPod pod) {
    QueuedPod queued = pods.get(pod.uid());
    if (queued == null) {
      return;
    }
    switch (queued.place) {
      case IN_FLIGHT -> inFlight.note(Change.forced(queued.pod));
      case BACK_OFF, ERROR_BACK_OFF, UNSCHEDULABLE, GATED -> {
        leave(queued);
        activate(queued);
      }
      case ACTIVE, NOWHERE -> {}
    }
  }

  /** Overwrites the pod's nomination; an empty name clears it (K-019). */
  public void nominate(SchedulingPod pod, String node) {
    nominations.set(pod, node);
  }

  /** How much an event is worth for a pod. */
  private enum Worth {
    NO,
    AFTER_BACK_OFF,
    AT_ONCE
  }

  private static Worth worth(QueuedPod queued, Change change) {
    if (change.kind() == Change.Kind.EVERYTHING) {
      SchedulingPod only = change.pod();
      boolean means = only == null || only.uid().equals(queued.pod.uid());
      return means ? Worth.AFTER_BACK_OFF : Worth.NO;
    }
    for (Plugin plugin : queued.pending) {
      if (QueueingHints.queue(plugin, queued.pod, change)) {
        return Worth.AT_ONCE;
      }
    }
    for (Plugin plugin : queued.unschedulable) {
      if (QueueingHints.queue(plugin, queued.pod, change)) {
        return Worth.AFTER_BACK_OFF;
      }
    }
    return Worth.NO;
  }

  /** Puts a pod where it belongs after an event; false if that is where it waits for events. */
  private boolean requeue(QueuedPod queued, Worth worth, long now) {
    if (worth == Worth.NO) {
      if (queued.place == Place.NOWHERE) {
        enter(queued, Place.UNSCHEDULABLE);
      }
      return false;
    }
    leave(queued);
    if (isGated(queued)) {
      enter(queued, Place.GATED);
      return false;
    }
    boolean waits = worth == Worth.AFTER_BACK_OFF && queued.backsOff(now);
    if (waits) {
      enter(queued, queued.rejected() ? Place.BACK_OFF : Place.ERROR_BACK_OFF);
    } else {
      enter(queued, Place.ACTIVE);
    }
    return true;
  }

  private void activate(QueuedPod queued) {
    enter(queued, isGated(queued) ? Place.GATED : Place.ACTIVE);
  }

  private static boolean isGated(QueuedPod queued) {
    if (queued.pod.spec().gates().isEmpty()) {
      return false;
    }
    queued.unschedulable.add(Plugin.SCHEDULING_GATES);
    return true;
  }

  private void enter(QueuedPod queued, Place place) {
    queued.place = place;
    switch (place) {
      case ACTIVE -> active.add(queued);
      case BACK_OFF -> backOff.add(queued);
      case ERROR_BACK_OFF -> errorBackOff.add(queued);
      case UNSCHEDULABLE -> unschedulable.add(queued);
      case GATED -> gated.add(queued);
      case NOWHERE, IN_FLIGHT -> {}
    }
  }

  private void leave(QueuedPod queued) {
    switch (queued.place) {
      case ACTIVE -> active.remove(queued);
      case BACK_OFF -> backOff.remove(queued);
      case ERROR_BACK_OFF -> errorBackOff.remove(queued);
      case UNSCHEDULABLE -> unschedulable.remove(queued);
      case GATED -> gated.remove(queued);
      case NOWHERE, IN_FLIGHT -> {}
    }
    queued.place = Place.NOWHERE;
  }

  /**
   * Does what is due up to that time, in order: at whole seconds pods whose back-off has ended
   * become active (K-106), at every 30th second after that those that have waited for more than 5
   * minutes are moved (K-109).
   */
  public void advance(long now) {
    while (true) {
      long ended = nextEnd();
      long leftover = nextLeftover();
      long next =
          ended == Times.NONE || (leftover != Times.NONE && leftover < ended) ? leftover : ended;
      if (next == Times.NONE || next > now) {
        return;
      }
      if (next == ended) {
        flush(backOff, next);
        flush(errorBackOff, next);
      } else {
        flushLeftover(next);
      }
    }
  }

  /** When {@link #advance} has something to do again; {@link Times#NONE} if nothing waits. */
  public long nextWake() {
    long ended = nextEnd();
    long leftover = nextLeftover();
    if (ended == Times.NONE || leftover == Times.NONE) {
      return ended == Times.NONE ? leftover : ended;
    }
    return Math.min(ended, leftover);
  }

  /** The whole second at which the next back-off has ended. */
  private long nextEnd() {
    long next = backOff.isEmpty() ? Times.NONE : backOff.first().backOffUntil() + Times.SECOND;
    if (errorBackOff.isEmpty()) {
      return next;
    }
    long error = errorBackOff.first().backOffUntil() + Times.SECOND;
    return next == Times.NONE ? error : Math.min(next, error);
  }

  private void flush(TreeSet<QueuedPod> from, long now) {
    while (!from.isEmpty() && !from.first().backsOff(now)) {
      QueuedPod queued = from.first();
      leave(queued);
      activate(queued);
    }
  }

  private long nextLeftover() {
    long since = Long.MAX_VALUE;
    if (unschedulable.size() > 0) {
      since = unschedulable.oldest().waitingSince();
    }
    if (!gated.isEmpty()) {
      since = Math.min(since, gated.first().waitingSince());
    }
    return since == Long.MAX_VALUE
        ? Times.NONE
        : (Math.floorDiv(since + LEFTOVER_AFTER, LEFTOVER_EVERY) + 1) * LEFTOVER_EVERY;
  }

  /** Pods in flight see it as an event every plugin accepts; gated pods stay where they are. */
  private void flushLeftover(long now) {
    while (unschedulable.size() > 0 && isLeftOver(unschedulable.oldest(), now)) {
      QueuedPod queued = unschedulable.oldest();
      leave(queued);
      queued.flushed(now);
      requeue(queued, Worth.AFTER_BACK_OFF, now);
    }
    while (!gated.isEmpty() && isLeftOver(gated.first(), now)) {
      QueuedPod queued = gated.pollFirst();
      queued.flushed(now);
      gated.add(queued);
    }
    inFlight.note(Change.LEFT_OVER);
  }

  private static boolean isLeftOver(QueuedPod queued, long now) {
    return now - queued.waitingSince() > LEFTOVER_AFTER;
  }

  /** Whether {@link #pop} would give a pod. */
  public boolean hasNext() {
    return !active.isEmpty() || !backOff.isEmpty();
  }

  public int activeCount() {
    return active.size();
  }

  /** Pods that back off, errors included. */
  public int backOffCount() {
    return backOff.size() + errorBackOff.size();
  }

  public int unschedulableCount() {
    return unschedulable.size();
  }

  /** Pods held by scheduling gates. */
  public int gatedCount() {
    return gated.size();
  }

  /** The pod's scheduling gates as its condition says them, empty if none hold it (K-112). */
  public static String gateMessage(SchedulingPod pod) {
    List<String> gates = pod.spec().gates();
    return gates.isEmpty() ? "" : "waiting for scheduling gates: [" + String.join(" ", gates) + "]";
  }

  /** Everything in the queue, to be shown: slow. */
  public QueueSnapshot snapshot() {
    Map<String, Long> expiries = new TreeMap<>();
    backOff.forEach(pod -> expiries.put(pod.pod.key(), pod.backOffUntil()));
    errorBackOff.forEach(pod -> expiries.put(pod.pod.key(), pod.backOffUntil()));
    Set<String> waiting = new TreeSet<>();
    unschedulable.pods().forEach(pod -> waiting.add(pod.pod.key()));
    return new QueueSnapshot(keys(active), expiries, waiting, keys(gated));
  }

  private static Set<String> keys(Iterable<QueuedPod> pods) {
    Set<String> keys = new TreeSet<>();
    pods.forEach(pod -> keys.add(pod.pod.key()));
    return keys;
  }
}
