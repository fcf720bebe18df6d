package dev.slipway.ingest.repair;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.format.Action;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.ObjectKind;
import dev.slipway.ingest.format.PodRef;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes one story per pod out of the events of one stream: the newest version wins, repetitions and
 * stragglers are dropped, what is gone stays gone, and what a broken watch missed is settled by the
 * list after it. Everything it has to put right is counted.
 *
 * <p>A stream is what one watch feeds, or one partition of a topic whose key keeps a pod's records
 * together. Deterministic: the same events at the same arrival times make the same story, across a
 * {@link #snapshot} too. For one thread.
 */
public final class FeedRepair {
  private final RepairLimits limits;
  private final Anomalies anomalies;
  private final Reports reports;
  final PodStories pods;
  final ObjectStories objects;
  final ReorderWindow window;
  final RecentKeys keys;

  private FeedRepair(RepairLimits limits) {
    this.limits = limits;
    this.anomalies = new Anomalies(limits.samplesMax());
    this.reports = new Reports(anomalies);
    this.pods = new PodStories(limits, reports);
    this.objects = new ObjectStories(limits, reports);
    this.window = new ReorderWindow(limits);
    this.keys = new RecentKeys(limits.keysMax());
  }

  public static FeedRepair create(RepairLimits limits) {
    return new FeedRepair(limits);
  }

  /**
   * Goes on where {@link #snapshot} left off; an {@link IllegalArgumentException} if it is none.
   */
  public static FeedRepair restore(RepairLimits limits, byte[] snapshot) {
    var repair = new FeedRepair(limits);
    Snapshots.read(snapshot, repair);
    return repair;
  }

  /** All there is to know, as JSON. */
  public byte[] snapshot() {
    return Snapshots.write(this);
  }

  /** What it knows of one pod, there or gone lately. */
  public Optional<Track> track(String identity) {
    return pods.track(identity);
  }

  /** Takes up what was known of one pod. */
  public void restore(Track track) {
    pods.restore(track);
  }

  /** Hands out every pod that is there, in no particular order. */
  public void forEachPod(Consumer<Pod> consumer) {
    pods.tracked().forEach(tracked -> consumer.accept(tracked.pod));
  }

  /** How many pods are there. */
  public int podCount() {
    return pods.tracked().size();
  }

  public Anomalies anomalies() {
    return anomalies;
  }

  /** Takes the next event of the stream, which arrived then. */
  public void accept(FeedEvent event, long arrivalNanos, RepairedSink sink) {
    advance(arrivalNanos, sink);
    switch (event) {
      case FeedEvent.PodSeen seen -> pod(seen, arrivalNanos, sink);
      case FeedEvent.PodDeleted deleted ->
          later(deleted, Versions.number(deleted.resourceVersion()), arrivalNanos, sink);
      case FeedEvent.PodBound bound -> later(bound, Track.NO_VERSION, arrivalNanos, sink);
      case FeedEvent.ListBegun begun -> {
        flush(sink);
        listBegun(begun);
      }
      case FeedEvent.ListEnded ended -> listEnded(ended, arrivalNanos, sink);
      case FeedEvent.WatchFailed failed -> {
        flush(sink);
        failed(failed, arrivalNanos);
      }
      case FeedEvent.ObjectSeen seen ->
          objects.seen(seen.action(), seen.object(), seen.atNanos(), arrivalNanos, sink);
      case FeedEvent.Hint hint -> hint(hint, arrivalNanos, sink);
      case FeedEvent.RuntimeSeen seen -> runtime(seen, arrivalNanos, sink);
      case FeedEvent.Bookmark _, FeedEvent.Skipped _ -> {}
    }
  }

  /** Time has passed: lets go what waited long enough, forgets what was remembered long enough. */
  public void advance(long nowNanos, RepairedSink sink) {
    pods.expire(nowNanos);
    for (var held = window.poll(nowNanos); held != null; held = window.poll(nowNanos)) {
      apply(held.event, held.arrivalNanos, sink);
    }
  }

  /** Lets go everything that waits: nothing that should come before it is to be expected. */
  public void flush(RepairedSink sink) {
    for (var held = window.pollFirst(); held != null; held = window.pollFirst()) {
      apply(held.event, held.arrivalNanos, sink);
    }
  }

  private void pod(FeedEvent.PodSeen seen, long arrivalNanos, RepairedSink sink) {
    if (seen.action() == Action.LISTED) {
      apply(seen, arrivalNanos, sink);
    } else {
      long version = Versions.number(seen.pod().metadata().resourceVersion());
      later(seen, version, arrivalNanos, sink);
    }
  }

  private void later(FeedEvent event, long version, long arrivalNanos, RepairedSink sink) {
    if (limits.reorderNanos() == 0) {
      apply(event, arrivalNanos, sink);
      return;
    }
    if (window.add(event, version, arrivalNanos)) {
      reports.add(AnomalyKind.REORDERED, refOf(event), "version=" + version, arrivalNanos);
    }
    if (window.isOverfull()) {
      var first = window.pollFirst();
      if (first != null) {
        reports.add(AnomalyKind.WINDOW_FULL, refOf(first.event), "", arrivalNanos);
        apply(first.event, first.arrivalNanos, sink);
      }
    }
  }

  private static PodRef refOf(FeedEvent event) {
    return switch (event) {
      case FeedEvent.PodSeen seen -> PodRef.of(seen.pod().metadata());
      case FeedEvent.PodDeleted deleted -> deleted.pod();
      case FeedEvent.PodBound bound -> bound.pod();
      default -> throw new IllegalArgumentException("does not wait: " + event);
    };
  }

  private void apply(FeedEvent event, long arrivalNanos, RepairedSink sink) {
    switch (event) {
      case FeedEvent.PodSeen(Action action, Pod pod, long at) ->
          pods.seen(action, pod, at, arrivalNanos, sink);
      case FeedEvent.PodDeleted(PodRef pod, String version, long at) ->
          pods.deleted(pod, version, at, arrivalNanos, sink);
      case FeedEvent.PodBound(PodRef pod, String node, long at) ->
          bound(pods.resolve(pod), node, at, arrivalNanos, sink);
      default -> throw new IllegalArgumentException("does not wait: " + event);
    }
  }

  private void bound(PodRef pod, String node, long atNanos, long arrivalNanos, RepairedSink sink) {
    if (keys.add("bound " + pod.uid() + " " + pod.key() + " " + node)) {
      sink.bound(pod, node, orArrival(atNanos, arrivalNanos));
    } else {
      reports.add(AnomalyKind.DUPLICATE, pod, "bound to " + node, arrivalNanos);
    }
  }

  private void hint(FeedEvent.Hint hint, long arrivalNanos, RepairedSink sink) {
    PodRef pod = pods.resolve(hint.pod());
    if (!hint.eventUid().isEmpty() && !keys.add("hint " + hint.eventUid() + " " + hint.count())) {
      reports.add(AnomalyKind.DUPLICATE, pod, "event=" + hint.eventUid(), arrivalNanos);
      return;
    }
    sink.hint(
        new FeedEvent.Hint(
            pod,
            hint.container(),
            hint.type(),
            hint.reason(),
            hint.message(),
            hint.count(),
            hint.component(),
            hint.node(),
            hint.eventUid(),
            orArrival(hint.atNanos(), arrivalNanos)));
  }

  private void runtime(FeedEvent.RuntimeSeen seen, long arrivalNanos, RepairedSink sink) {
    PodRef pod = pods.resolve(seen.pod());
    String key = "run " + seen.containerId() + " " + seen.step() + " " + seen.atNanos();
    if (!seen.containerId().isEmpty() && !keys.add(key)) {
      reports.add(AnomalyKind.DUPLICATE, pod, key, arrivalNanos);
      return;
    }
    sink.runtime(
        new FeedEvent.RuntimeSeen(
            pod,
            seen.node(),
            seen.container(),
            seen.containerId(),
            seen.step(),
            seen.exitCode(),
            orArrival(seen.atNanos(), arrivalNanos)));
  }

  private void listBegun(FeedEvent.ListBegun begun) {
    if (begun.kind() == ObjectKind.POD) {
      pods.listBegun(begun.resourceVersion());
    } else {
      objects.listBegun(begun.kind(), begun.resourceVersion());
    }
  }

  private void listEnded(FeedEvent.ListEnded ended, long arrivalNanos, RepairedSink sink) {
    if (ended.kind() == ObjectKind.POD) {
      pods.listEnded(ended.more(), arrivalNanos, sink);
    } else {
      objects.listEnded(ended.kind(), ended.more(), arrivalNanos, sink);
    }
  }

  private void failed(FeedEvent.WatchFailed failed, long arrivalNanos) {
    var subject = new PodRef("", "", "");
    String detail = failed.code() + " " + failed.reason() + ": " + failed.message();
    if (failed.expired()) {
      reports.add(AnomalyKind.WATCH_EXPIRED, subject, detail, arrivalNanos);
      pods.gap = true;
      pods.listing = null;
      objects.expired();
    } else {
      reports.add(AnomalyKind.WATCH_FAILED, subject, detail, arrivalNanos);
    }
  }

  private static long orArrival(long atNanos, long arrivalNanos) {
    return atNanos == Times.NONE ? arrivalNanos : atNanos;
  }
}
