package dev.slipway.ingest.repair;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Bytes;
import dev.slipway.ingest.format.Action;
import dev.slipway.ingest.format.PodRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The story of every pod. A pod is known by its UID, or by namespace and name while its source
 * names none; a UID never comes back.
 */
final class PodStories {
  private final Reports reports;
  private final IntSupplier marks;
  private final Map<String, Tracked> pods = new HashMap<>();
  private final Map<Name, Tracked> names = new HashMap<>();
  private final Tombstones stones;

  /** Identities of which something changed since they were asked for. */
  private final LinkedHashSet<String> changed = new LinkedHashSet<>();

  /** Events are missing until a whole list has come. */
  boolean gap;

  /** What was added since the gap carries it: a list in the form of a watch. */
  int gapMark;

  /** The list that is being read, and the last one that was. */
  @Nullable Listing listing;

  @Nullable Listing lastList;

  /** The version of the latest list that closed a gap: what it lacks is gone. */
  long horizon = Versions.NONE;

  private record Name(String namespace, String name) {
    static Name of(ObjectMeta metadata) {
      return new Name(metadata.namespace(), metadata.name());
    }

    static Name of(Tracked tracked) {
      return new Name(tracked.namespace, tracked.name);
    }
  }

  PodStories(RepairLimits limits, Reports reports, IntSupplier marks) {
    this.reports = reports;
    this.marks = marks;
    this.stones = new Tombstones(limits, changed::addLast);
  }

  int count() {
    return pods.size();
  }

  void takeChanged(Consumer<String> consumer) {
    changed.forEach(consumer);
    changed.clear();
  }

  /** What is known of a pod, as bytes; empty: nothing. */
  Optional<byte[]> track(String identity) {
    Tracked tracked = pods.get(identity);
    Tombstones.Tombstone stone = tracked == null ? stones.get(identity) : null;
    if (tracked == null && stone == null) {
      return Optional.empty();
    }
    Bytes bytes = Bytes.writer();
    bytes.put(tracked != null);
    if (tracked != null) {
      tracked.write(bytes);
    }
    if (stone != null) {
      bytes.putSigned(stone.version());
      bytes.putTime(stone.atNanos());
      bytes.putTime(stone.arrivalNanos());
    }
    return Optional.of(bytes.toArray());
  }

  /** Takes up what {@link #track} wrote; no value: nothing is known. */
  void restore(PodRef pod, byte @Nullable [] value) {
    String identity = pod.identity();
    Tracked before = pods.remove(identity);
    if (before != null) {
      names.remove(Name.of(before), before);
    }
    if (value == null) {
      stones.remove(identity);
      changed.clear();
      return;
    }
    Bytes bytes = Bytes.reader(value);
    if (bytes.getBoolean()) {
      var tracked = new Tracked(identity, pod.namespace(), pod.name());
      tracked.read(bytes);
      put(tracked);
    } else {
      stones.put(
          identity, new Tombstones.Tombstone(bytes.getSigned(), bytes.getTime(), bytes.getTime()));
    }
    changed.clear();
  }

  void expire(long nowNanos) {
    stones.expire(nowNanos);
  }

  /** The reference with the UID of the pod that has that name, if it names none itself. */
  PodRef resolve(PodRef ref) {
    if (!ref.uid().isEmpty()) {
      return ref;
    }
    Tracked tracked = names.get(new Name(ref.namespace(), ref.name()));
    return tracked == null ? ref : tracked.ref();
  }

  /** A version of a pod. */
  void seen(Action action, Pod pod, long atNanos, long arrivalNanos, RepairedSink sink) {
    long version = Versions.number(pod.metadata().resourceVersion());
    Tracked tracked = find(pod.metadata(), arrivalNanos);
    if (tracked == null) {
      unknown(action, pod, version, atNanos, arrivalNanos, sink);
    } else if (action == Action.DELETED) {
      ended(tracked, pod, version, atNanos, arrivalNanos, sink);
    } else {
      known(tracked, action, pod, version, atNanos, arrivalNanos, sink);
    }
  }

  /** Writes down that a list has the pod; what is added in a gap may be part of one. */
  private void mark(Tracked tracked, Action action) {
    Listing open = listing;
    if (action == Action.LISTED && open != null) {
      tracked.mark = open.mark;
    } else if (gap && open == null && action != Action.LISTED) {
      tracked.mark = gapMark;
    } else {
      return;
    }
    changed.add(tracked.identity);
  }

  private @Nullable Tracked find(ObjectMeta metadata, long arrivalNanos) {
    if (!metadata.uid().isEmpty()) {
      return pods.get(metadata.uid());
    }
    Tracked tracked = names.get(Name.of(metadata));
    if (tracked != null && tracked.hasUid()) {
      reports.add(AnomalyKind.FOUND_BY_NAME, metadata, arrivalNanos);
    }
    return tracked;
  }

  private static String identity(ObjectMeta metadata) {
    return metadata.uid().isEmpty() ? metadata.key() : metadata.uid();
  }

  private void unknown(
      Action action, Pod pod, long version, long atNanos, long arrivalNanos, RepairedSink sink) {
    ObjectMeta metadata = pod.metadata();
    if (isBuried(action, metadata, version, atNanos, arrivalNanos)) {
      return;
    }
    boolean listed = action == Action.LISTED;
    if (!listed && version != Versions.NONE && version <= horizon) {
      reports.add(AnomalyKind.BEFORE_LIST, metadata, arrivalNanos);
      bury(identity(metadata), version, atNanos, arrivalNanos);
      return;
    }
    Tracked namesake = names.get(Name.of(metadata));
    if (namesake != null && !namesake.hasUid()) {
      rekey(namesake, metadata, arrivalNanos, sink);
      seen(action, pod, atNanos, arrivalNanos, sink);
      return;
    }
    if (namesake != null && !replaces(metadata, version, namesake)) {
      reports.add(AnomalyKind.OLD_NAMESAKE, metadata, arrivalNanos);
      bury(identity(metadata), version, atNanos, arrivalNanos);
      return;
    }
    if (namesake != null) {
      reports.add(AnomalyKind.REPLACED, namesake.ref(), namesake.detail(), arrivalNanos);
      end(namesake, null, Gone.REPLACED, atNanos, arrivalNanos, sink);
    }
    if (action == Action.DELETED) {
      reports.add(AnomalyKind.DELETED_WITHOUT_ADDED, metadata, arrivalNanos);
      bury(identity(metadata), version, atNanos, arrivalNanos);
      return;
    }
    if (action == Action.MODIFIED) {
      reports.add(AnomalyKind.MODIFIED_WITHOUT_ADDED, metadata, arrivalNanos);
    }
    var tracked = Tracked.of(identity(metadata), metadata);
    tracked.apply(pod, version, atNanos, arrivalNanos);
    put(tracked);
    mark(tracked, action);
    sink.pod(pod, true, time(atNanos, arrivalNanos));
  }

  /** True if the pod is known to be gone and this is of its time. */
  private boolean isBuried(
      Action action, ObjectMeta metadata, long version, long atNanos, long arrivalNanos) {
    String identity = identity(metadata);
    Tombstones.Tombstone stone = stones.get(identity);
    if (stone == null) {
      return false;
    }
    if (metadata.uid().isEmpty() && isAfter(stone, action, version, atNanos)) {
      stones.remove(identity);
      return false;
    }
    boolean again =
        action == Action.DELETED || (version != Versions.NONE && version == stone.version());
    reports.add(again ? AnomalyKind.DUPLICATE : AnomalyKind.AFTER_DELETE, metadata, arrivalNanos);
    return true;
  }

  /** A name can come back: with a newer version, at a later time, or at least as an addition. */
  private static boolean isAfter(
      Tombstones.Tombstone stone, Action action, long version, long atNanos) {
    if (version != Versions.NONE && stone.version() != Versions.NONE) {
      return version > stone.version();
    }
    if (atNanos != Times.NONE && stone.atNanos() != Times.NONE && atNanos != stone.atNanos()) {
      return atNanos > stone.atNanos();
    }
    return action == Action.ADDED || action == Action.LISTED;
  }

  private static boolean replaces(ObjectMeta incoming, long version, Tracked namesake) {
    long created = incoming.creationTimestamp();
    long other = namesake.created;
    if (created != other && created != Times.NONE && other != Times.NONE) {
      return created > other;
    }
    return version == Versions.NONE
        || namesake.version == Versions.NONE
        || version > namesake.version;
  }

  private void rekey(Tracked byName, ObjectMeta metadata, long arrivalNanos, RepairedSink sink) {
    reports.add(AnomalyKind.REKEYED, metadata, arrivalNanos);
    String name = byName.identity;
    pods.remove(name);
    changed.add(name);
    byName.identity = metadata.uid();
    put(byName);
    sink.rekeyed(name, metadata.uid());
  }

  private void known(
      Tracked tracked,
      Action action,
      Pod pod,
      long version,
      long atNanos,
      long arrivalNanos,
      RepairedSink sink) {
    mark(tracked, action);
    int order = Versions.compare(pod, version, atNanos, tracked);
    if (order <= 0) {
      if (action != Action.LISTED) {
        stale(tracked, order, pod, version, arrivalNanos);
      }
      if (tracked.remember(version)) {
        changed.add(tracked.identity);
      }
      return;
    }
    if (action == Action.ADDED) {
      reports.add(AnomalyKind.ADDED_AGAIN, pod.metadata(), arrivalNanos);
    }
    if (tracked.missed(pod)) {
      reports.add(AnomalyKind.MISSED_VERSIONS, pod.metadata(), arrivalNanos);
    }
    tracked.apply(pod, version, atNanos, arrivalNanos);
    changed.add(tracked.identity);
    sink.pod(named(pod, tracked), false, time(atNanos, arrivalNanos));
  }

  /** The pod with the UID its source left out. */
  private static Pod named(Pod pod, Tracked tracked) {
    return pod.metadata().uid().isEmpty() && tracked.hasUid()
        ? new Pod(pod.metadata().withUid(tracked.identity), pod.spec(), pod.status())
        : pod;
  }

  private void stale(Tracked tracked, int order, Pod pod, long version, long arrivalNanos) {
    if (order == 0 || tracked.saw(version)) {
      reports.add(AnomalyKind.DUPLICATE, pod.metadata(), arrivalNanos);
    } else {
      reports.late(pod.metadata(), arrivalNanos, tracked.arrivalNanos);
    }
  }

  /** With a UID the end is the end, in whatever order it comes. */
  private void ended(
      Tracked tracked, Pod pod, long version, long atNanos, long arrivalNanos, RepairedSink sink) {
    int order = Versions.compare(pod, version, atNanos, tracked);
    if (pod.metadata().uid().isEmpty() && order < 0) {
      reports.late(pod.metadata(), arrivalNanos, tracked.arrivalNanos);
      return;
    }
    tracked.version = Math.max(tracked.version, version);
    Pod last = order < 0 ? null : named(pod, tracked);
    end(tracked, last, Gone.DELETED, atNanos, arrivalNanos, sink);
  }

  /**
   * A deletion that shows no object.
   *
   * @param elsewhere a copy: the pod may be another shard's
   */
  void deleted(
      PodRef ref,
      String resourceVersion,
      long atNanos,
      long arrivalNanos,
      boolean elsewhere,
      RepairedSink sink) {
    long version = Versions.number(resourceVersion);
    boolean named = ref.uid().isEmpty();
    Tracked tracked =
        named ? names.get(new Name(ref.namespace(), ref.name())) : pods.get(ref.uid());
    if (tracked == null && elsewhere) {
      return;
    }
    if (tracked == null) {
      String identity = named ? ref.key() : ref.uid();
      boolean again = stones.get(identity) != null;
      AnomalyKind kind = again ? AnomalyKind.DUPLICATE : AnomalyKind.DELETED_WITHOUT_ADDED;
      reports.add(kind, ref, "no such pod", arrivalNanos);
      bury(identity, version, atNanos, arrivalNanos);
    } else if (named && isOlder(version, atNanos, tracked)) {
      reports.late(tracked.ref(), tracked.detail(), arrivalNanos, tracked.arrivalNanos);
    } else {
      if (named && tracked.hasUid()) {
        reports.add(AnomalyKind.FOUND_BY_NAME, ref, "deleted", arrivalNanos);
      }
      tracked.version = Math.max(tracked.version, version);
      end(tracked, null, Gone.DELETED, atNanos, arrivalNanos, sink);
    }
  }

  /** A deletion of a name from before the pod that has the name now. */
  private static boolean isOlder(long version, long atNanos, Tracked tracked) {
    long created = tracked.created;
    boolean before = atNanos != Times.NONE && created != Times.NONE && atNanos < created;
    return before || (version != Versions.NONE && version < tracked.version);
  }

  /**
   * The watch expired: what follows is a list. Unless that came before this, since it came by
   * another source: then their times tell.
   */
  void expired(int source, long arrivalNanos, RepairedSink sink) {
    Listing last = lastList;
    listing = null;
    if (last != null && last.source != source && last.endedNanos >= arrivalNanos) {
      settle(last, last.endedNanos, sink);
      return;
    }
    gap = true;
    gapMark = marks.getAsInt();
  }

  void listBegun(String resourceVersion) {
    long version = Versions.number(resourceVersion);
    if (listing == null || !listing.goesOn(version)) {
      listing = new Listing(version, marks.getAsInt());
    }
  }

  /** The end of a list; after a gap, pods it lacks and should have are gone. */
  void listEnded(boolean more, int source, long arrivalNanos, RepairedSink sink) {
    Listing ended = listing;
    if (ended == null) {
      return;
    }
    if (more) {
      ended.partial = true;
      return;
    }
    listing = null;
    ended.endedNanos = arrivalNanos;
    ended.source = source;
    lastList = ended;
    if (gap) {
      settle(ended, arrivalNanos, sink);
    }
  }

  /** The end of a list that came as a watch: everything there was added since the gap. */
  void additionsEnded(String resourceVersion, long arrivalNanos, RepairedSink sink) {
    if (gap && listing == null) {
      settle(new Listing(Versions.number(resourceVersion), gapMark), arrivalNanos, sink);
    }
  }

  private void settle(Listing list, long arrivalNanos, RepairedSink sink) {
    gap = false;
    horizon = Math.max(horizon, list.version);
    for (Tracked absent : absentFrom(list)) {
      reports.add(AnomalyKind.ABSENT_FROM_LIST, absent.ref(), absent.detail(), arrivalNanos);
      end(absent, null, Gone.ABSENT_FROM_LIST, Times.NONE, arrivalNanos, sink);
    }
  }

  private List<Tracked> absentFrom(Listing list) {
    List<Tracked> absent = new ArrayList<>();
    for (Tracked tracked : pods.values()) {
      if (tracked.mark != list.mark && list.covers(tracked.version)) {
        absent.add(tracked);
      }
    }
    absent.sort(Comparator.comparing(tracked -> tracked.identity));
    return absent;
  }

  private void put(Tracked tracked) {
    pods.put(tracked.identity, tracked);
    names.put(Name.of(tracked), tracked);
    changed.add(tracked.identity);
  }

  private void end(
      Tracked tracked,
      @Nullable Pod last,
      Gone why,
      long atNanos,
      long arrivalNanos,
      RepairedSink sink) {
    pods.remove(tracked.identity);
    names.remove(Name.of(tracked), tracked);
    bury(tracked.identity, tracked.version, atNanos, arrivalNanos);
    sink.gone(tracked.ref(), last, why, time(atNanos, arrivalNanos));
  }

  private void bury(String identity, long version, long atNanos, long arrivalNanos) {
    stones.put(identity, new Tombstones.Tombstone(version, atNanos, arrivalNanos));
  }

  private static long time(long atNanos, long arrivalNanos) {
    return atNanos == Times.NONE ? arrivalNanos : atNanos;
  }
}
