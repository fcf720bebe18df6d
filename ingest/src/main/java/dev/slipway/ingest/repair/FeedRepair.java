package dev.slipway.ingest.repair;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Bytes;
import dev.slipway.engine.observe.SnapshotException;
import dev.slipway.ingest.format.Action;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.ObjectKind;
import dev.slipway.ingest.format.PodRef;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one story per pod out of the events of one stream: the newest version wins, repetitions and
 * stragglers are dropped, what is gone stays gone, and what a broken watch missed is settled by the
 * list after it. Everything it has to put right is counted.
 *
 * <p>A stream is what one watch feeds, or one partition of a topic whose key keeps a pod's records
 * together. Deterministic: the same events at the same arrival times make the same story, also
 * across a restart from what it wrote down. For one thread.
 *
 * <p>What it knows is written down in pieces, each when it has changed, as a compacted topic keeps
 * them: a piece per pod ({@link #takeChanged}, {@link #track}), to be kept with whatever else is
 * kept of that pod, and the rest by keys of its own ({@link #save}). Samples of anomalies are not
 * kept.
 */
public final class FeedRepair {
  private static final String STREAM = "stream";
  private static final int VERSION = 1;

  private final RepairLimits limits;
  private final Anomalies anomalies;
  private final Reports reports;
  private final PodStories pods;
  private final ObjectStories objects;
  private final ReorderWindow window;
  private final RecentKeys keys;

  /** The last mark given to a list. */
  private int mark;

  /** The event under way is one of several copies: another stream counts it. */
  private boolean copy;

  /** Which source the event under way came by. */
  private int source;

  private byte[] saved = {};

  private FeedRepair(RepairLimits limits, Consumer<Anomaly> listener) {
    this.limits = limits;
    this.anomalies = new Anomalies(limits.samplesMax(), listener);
    this.reports = new Reports(anomalies);
    this.pods = new PodStories(limits, reports, this::nextMark);
    this.objects = new ObjectStories(limits, reports, this::nextMark);
    this.window = new ReorderWindow(limits);
    this.keys = new RecentKeys(limits.keysMax());
  }

  public static FeedRepair create(RepairLimits limits) {
    return new FeedRepair(limits, _ -> {});
  }

  /** One that tells every anomaly as it is found. */
  public static FeedRepair create(RepairLimits limits, Consumer<Anomaly> listener) {
    return new FeedRepair(limits, listener);
  }

  private int nextMark() {
    return ++mark;
  }

  // What it knows.

  /** Hands out the pods, by identity, of which something changed since the last call. */
  public void takeChanged(Consumer<String> consumer) {
    pods.takeChanged(consumer);
  }

  /** What it knows of one pod, there or gone lately; empty: nothing. */
  public Optional<byte[]> track(String identity) {
    return pods.track(identity);
  }

  /**
   * Takes up what {@link #track} wrote of that pod, null: nothing is known of it any more. Of a pod
   * that is gone the identity will do. A {@link SnapshotException} if the bytes are something else.
   */
  public void restoreTrack(PodRef pod, byte @Nullable [] track) {
    try {
      pods.restore(pod, track);
    } catch (ArithmeticException e) {
      throw new SnapshotException("not what is known of a pod: " + e.getMessage());
    }
  }

  /** Writes what else changed since the last call. */
  public void save(StateSink sink) {
    window.save(sink);
    keys.save(sink);
    objects.save(sink);
    byte[] stream = stream();
    if (!Arrays.equals(stream, saved)) {
      saved = stream;
      sink.put(STREAM, stream);
    }
  }

  /** Takes up one of the values {@link #save} wrote, in the order it did. */
  public void restore(String key, byte @Nullable [] value) {
    if (key.startsWith(ReorderWindow.PREFIX)) {
      window.restore(key, value);
    } else if (key.startsWith(ObjectStories.PREFIX)) {
      objects.restore(key, value);
    } else if (value != null && key.startsWith(RecentKeys.PREFIX)) {
      keys.restore(value);
    } else if (value != null && key.equals(STREAM)) {
      saved = value;
    } else if (value != null) {
      throw new SnapshotException("not a key of a repair: " + key);
    }
  }

  /** Everything was taken up. */
  public void restored() {
    window.restored();
    if (saved.length > 0) {
      stream(Bytes.reader(saved));
    }
  }

  private byte[] stream() {
    Bytes out = Bytes.writer();
    out.put(VERSION);
    out.put(mark);
    out.put(pods.gap);
    out.put(pods.gapMark);
    out.putSigned(pods.horizon);
    listing(out, pods.listing);
    listing(out, pods.lastList);
    out.put(objects.gaps.size());
    objects.gaps.forEach(kind -> out.put(kind.name()));
    out.put(objects.listings().size());
    objects
        .listings()
        .forEach((kind, listing) -> {
          out.put(kind.name());
          listing(out, listing);
        });
    out.putSigned(window.newest);
    out.putSigned(window.released);
    anomalies.write(out);
    return out.toArray();
  }

  private void stream(Bytes in) {
    if (in.get() != VERSION) {
      throw new SnapshotException("state of a repair of another release");
    }
    mark = in.getInt();
    pods.gap = in.getBoolean();
    pods.gapMark = in.getInt();
    pods.horizon = in.getSigned();
    pods.listing = listing(in);
    pods.lastList = listing(in);
    for (int k = in.getInt(); k > 0; k--) {
      objects.gaps.add(ObjectKind.valueOf(in.getText()));
    }
    for (int k = in.getInt(); k > 0; k--) {
      ObjectKind kind = ObjectKind.valueOf(in.getText());
      Listing listing = listing(in);
      if (listing != null) {
        objects.listings().put(kind, listing);
      }
    }
    window.newest = in.getSigned();
    window.released = in.getSigned();
    anomalies.read(in);
  }

  private static void listing(Bytes out, @Nullable Listing listing) {
    out.put(listing != null);
    if (listing != null) {
      out.putSigned(listing.version);
      out.put(listing.mark);
      out.put(listing.partial);
      out.putTime(listing.endedNanos);
      out.put(listing.source);
    }
  }

  private static @Nullable Listing listing(Bytes in) {
    if (!in.getBoolean()) {
      return null;
    }
    var listing = new Listing(in.getSigned(), in.getInt());
    listing.partial = in.getBoolean();
    listing.endedNanos = in.getTime();
    listing.source = in.getInt();
    return listing;
  }

  /** How many pods are there. */
  public int podCount() {
    return pods.count();
  }

  public Anomalies anomalies() {
    return anomalies;
  }

  // What comes.

  /**
   * What is accepted next came by that source, of several whose events were read side by side:
   * there an expired watch may come after the list that answers it. Within one source order holds.
   */
  public void from(int number) {
    source = number;
  }

  /**
   * Takes an event that other streams get as well, since it is about all pods or one that is not
   * known by name: what it does to this stream's pods is done, and its being an anomaly is left for
   * another stream to count.
   */
  public void acceptCopy(FeedEvent event, long arrivalNanos, RepairedSink sink) {
    copy = true;
    accept(event, arrivalNanos, sink);
    copy = false;
  }

  /** Takes the next event of the stream, which arrived then. */
  public void accept(FeedEvent event, long arrivalNanos, RepairedSink sink) {
    advance(arrivalNanos, sink);
    switch (event) {
      case FeedEvent.PodSeen seen -> pod(seen, arrivalNanos, sink);
      case FeedEvent.PodDeleted deleted ->
          later(deleted, Versions.number(deleted.resourceVersion()), arrivalNanos, sink);
      case FeedEvent.PodBound bound -> later(bound, Versions.NONE, arrivalNanos, sink);
      case FeedEvent.ListBegun begun -> {
        flush(sink);
        listBegun(begun);
      }
      case FeedEvent.ListEnded ended -> listEnded(ended, arrivalNanos, sink);
      case FeedEvent.WatchFailed failed -> {
        flush(sink);
        failed(failed, arrivalNanos, sink);
      }
      case FeedEvent.ObjectSeen seen ->
          objects.seen(seen.action(), seen.object(), seen.atNanos(), arrivalNanos, sink);
      case FeedEvent.Hint hint -> hint(hint, arrivalNanos, sink);
      case FeedEvent.RuntimeSeen seen -> runtime(seen, arrivalNanos, sink);
      case FeedEvent.Bookmark mark when mark.ends() && mark.kind() == ObjectKind.POD -> {
        flush(sink);
        pods.additionsEnded(mark.resourceVersion(), arrivalNanos, sink);
      }
      case FeedEvent.Bookmark _, FeedEvent.BaseMissing _, FeedEvent.Skipped _ -> {}
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
          pods.deleted(pod, version, at, arrivalNanos, copy, sink);
      case FeedEvent.PodBound(PodRef pod, String node, long at) ->
          bound(pods.resolve(pod), node, at, arrivalNanos, sink);
      default -> throw new IllegalArgumentException("does not wait: " + event);
    }
  }

  private void bound(PodRef pod, String node, long atNanos, long arrivalNanos, RepairedSink sink) {
    if (keys.add("bound " + pod.uid() + " " + pod.key() + " " + node)) {
      sink.bound(pod, node, orArrival(atNanos, arrivalNanos));
    } else {
      repeated(pod, "bound to " + node, arrivalNanos);
    }
  }

  private void repeated(PodRef pod, String what, long arrivalNanos) {
    if (!copy) {
      reports.add(AnomalyKind.DUPLICATE, pod, what, arrivalNanos);
    }
  }

  private void hint(FeedEvent.Hint hint, long arrivalNanos, RepairedSink sink) {
    PodRef pod = pods.resolve(hint.pod());
    if (!hint.eventUid().isEmpty() && !keys.add("hint " + hint.eventUid() + " " + hint.count())) {
      repeated(pod, "event=" + hint.eventUid(), arrivalNanos);
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
      repeated(pod, key, arrivalNanos);
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
      pods.listEnded(ended.more(), source, arrivalNanos, sink);
    } else {
      objects.listEnded(ended.kind(), ended.more(), arrivalNanos, sink);
    }
  }

  private void failed(FeedEvent.WatchFailed failed, long arrivalNanos, RepairedSink sink) {
    if (!copy) {
      AnomalyKind kind = failed.expired() ? AnomalyKind.WATCH_EXPIRED : AnomalyKind.WATCH_FAILED;
      String detail = failed.code() + " " + failed.reason() + ": " + failed.message();
      reports.add(kind, new PodRef("", "", ""), detail, arrivalNanos);
    }
    if (failed.expired()) {
      objects.expired();
      pods.expired(source, arrivalNanos, sink);
    }
  }

  private static long orArrival(long atNanos, long arrivalNanos) {
    return atNanos == Times.NONE ? arrivalNanos : atNanos;
  }
}
