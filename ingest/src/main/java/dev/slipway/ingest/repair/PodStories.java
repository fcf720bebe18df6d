package dev.slipway.ingest.repair;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.format.Action;
import dev.slipway.ingest.format.PodRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The story of every pod. A pod is known by its UID, or by namespace and name while its source
 * names none; a UID never comes back.
 */
final class PodStories {
  private final Reports reports;
  private final Map<String, Tracked> pods = new HashMap<>();
  private final Map<Name, Tracked> names = new HashMap<>();
  private final Tombstones stones;

  /** Events are missing until a whole list has come. */
  boolean gap;

  @Nullable Listing listing;

  /** The version of the latest list that closed a gap: what it lacks is gone. */
  long horizon = Track.NO_VERSION;

  private record Name(String namespace, String name) {
    static Name of(ObjectMeta metadata) {
      return new Name(metadata.namespace(), metadata.name());
    }
  }

  PodStories(RepairLimits limits, Reports reports) {
    this.reports = reports;
    this.stones = new Tombstones(limits);
  }

  Collection<Tracked> tracked() {
    return pods.values();
  }

  Tombstones stones() {
    return stones;
  }

  Optional<Track> track(String identity) {
    Tracked tracked = pods.get(identity);
    return tracked == null ? stones.track(identity) : Optional.of(tracked.toTrack());
  }

  void restore(Track track) {
    if (track.pod().isPresent()) {
      put(Tracked.of(track, track.pod().get()));
    } else {
      stones.put(
          track.identity(),
          new Tombstones.Tombstone(track.version(), track.atNanos(), track.arrivalNanos()));
    }
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
    return tracked == null ? ref : PodRef.of(tracked.pod.metadata());
  }

  /** A version of a pod. */
  void seen(Action action, Pod pod, long atNanos, long arrivalNanos, RepairedSink sink) {
    long version = Versions.number(pod.metadata().resourceVersion());
    Tracked tracked = find(pod.metadata(), arrivalNanos);
    if (listing != null && action == Action.LISTED) {
      listing.add(tracked == null ? identity(pod.metadata()) : tracked.identity);
    }
    if (tracked == null) {
      unknown(action, pod, version, atNanos, arrivalNanos, sink);
    } else if (action == Action.DELETED) {
      ended(tracked, pod, version, atNanos, arrivalNanos, sink);
    } else {
      known(tracked, action, pod, version, atNanos, arrivalNanos, sink);
    }
  }

  private @Nullable Tracked find(ObjectMeta metadata, long arrivalNanos) {
    if (!metadata.uid().isEmpty()) {
      return pods.get(metadata.uid());
    }
    Tracked tracked = names.get(Name.of(metadata));
    if (tracked != null && !tracked.pod.metadata().uid().isEmpty()) {
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
    if (!listed && version != Track.NO_VERSION && version <= horizon) {
      reports.add(AnomalyKind.BEFORE_LIST, metadata, arrivalNanos);
      bury(identity(metadata), version, atNanos, arrivalNanos);
      return;
    }
    Tracked namesake = names.get(Name.of(metadata));
    if (namesake != null && namesake.pod.metadata().uid().isEmpty()) {
      rekey(namesake, metadata, arrivalNanos);
      seen(action, pod, atNanos, arrivalNanos, sink);
      return;
    }
    if (namesake != null && !replaces(metadata, version, namesake)) {
      reports.add(AnomalyKind.OLD_NAMESAKE, metadata, arrivalNanos);
      bury(identity(metadata), version, atNanos, arrivalNanos);
      return;
    }
    if (namesake != null) {
      reports.add(AnomalyKind.REPLACED, namesake.pod.metadata(), arrivalNanos);
      end(namesake, namesake.pod, Gone.REPLACED, atNanos, arrivalNanos, sink);
    }
    if (action == Action.DELETED) {
      reports.add(AnomalyKind.DELETED_WITHOUT_ADDED, metadata, arrivalNanos);
      bury(identity(metadata), version, atNanos, arrivalNanos);
      return;
    }
    if (action == Action.MODIFIED) {
      reports.add(AnomalyKind.MODIFIED_WITHOUT_ADDED, metadata, arrivalNanos);
    }
    put(new Tracked(identity(metadata), pod, version, atNanos, arrivalNanos));
    sink.pod(pod, null, time(atNanos, arrivalNanos));
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
        action == Action.DELETED || (version != Track.NO_VERSION && version == stone.version());
    reports.add(again ? AnomalyKind.DUPLICATE : AnomalyKind.AFTER_DELETE, metadata, arrivalNanos);
    return true;
  }

  /** A name can come back: with a newer version, at a later time, or at least as an addition. */
  private static boolean isAfter(
      Tombstones.Tombstone stone, Action action, long version, long atNanos) {
    if (version != Track.NO_VERSION && stone.version() != Track.NO_VERSION) {
      return version > stone.version();
    }
    if (atNanos != Times.NONE && stone.atNanos() != Times.NONE && atNanos != stone.atNanos()) {
      return atNanos > stone.atNanos();
    }
    return action == Action.ADDED || action == Action.LISTED;
  }

  private static boolean replaces(ObjectMeta incoming, long version, Tracked namesake) {
    long created = incoming.creationTimestamp();
    long other = namesake.pod.metadata().creationTimestamp();
    if (created != other && created != Times.NONE && other != Times.NONE) {
      return created > other;
    }
    return version == Track.NO_VERSION
        || namesake.version == Track.NO_VERSION
        || version > namesake.version;
  }

  private void rekey(Tracked byName, ObjectMeta metadata, long arrivalNanos) {
    reports.add(AnomalyKind.REKEYED, metadata, arrivalNanos);
    pods.remove(byName.identity);
    if (listing != null && listing.has(byName.identity)) {
      listing.add(metadata.uid());
    }
    put(byName.as(metadata.uid()));
  }

  private void known(
      Tracked tracked,
      Action action,
      Pod pod,
      long version,
      long atNanos,
      long arrivalNanos,
      RepairedSink sink) {
    int order = Versions.compare(pod, version, atNanos, tracked);
    if (order <= 0) {
      if (action != Action.LISTED) {
        stale(tracked, order, pod, version, arrivalNanos);
      }
      tracked.remember(version);
      return;
    }
    if (action == Action.ADDED) {
      reports.add(AnomalyKind.ADDED_AGAIN, pod.metadata(), arrivalNanos);
    }
    if (Versions.missed(pod, tracked.pod)) {
      reports.add(AnomalyKind.MISSED_VERSIONS, pod.metadata(), arrivalNanos);
    }
    Pod previous = tracked.pod;
    tracked.apply(pod, version, atNanos, arrivalNanos);
    sink.pod(pod, previous, time(atNanos, arrivalNanos));
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
    end(tracked, order < 0 ? tracked.pod : pod, Gone.DELETED, atNanos, arrivalNanos, sink);
  }

  /** A deletion that shows no object. */
  void deleted(
      PodRef ref, String resourceVersion, long atNanos, long arrivalNanos, RepairedSink sink) {
    long version = Versions.number(resourceVersion);
    boolean named = ref.uid().isEmpty();
    Tracked tracked =
        named ? names.get(new Name(ref.namespace(), ref.name())) : pods.get(ref.uid());
    if (tracked == null) {
      String identity = named ? ref.key() : ref.uid();
      boolean again = stones.get(identity) != null;
      AnomalyKind kind = again ? AnomalyKind.DUPLICATE : AnomalyKind.DELETED_WITHOUT_ADDED;
      reports.add(kind, ref, "no such pod", arrivalNanos);
      bury(identity, version, atNanos, arrivalNanos);
    } else if (named && isOlder(version, atNanos, tracked)) {
      reports.late(tracked.pod.metadata(), arrivalNanos, tracked.arrivalNanos);
    } else {
      if (named && !tracked.pod.metadata().uid().isEmpty()) {
        reports.add(AnomalyKind.FOUND_BY_NAME, ref, "deleted", arrivalNanos);
      }
      tracked.version = Math.max(tracked.version, version);
      end(tracked, tracked.pod, Gone.DELETED, atNanos, arrivalNanos, sink);
    }
  }

  /** A deletion of a name from before the pod that has the name now. */
  private static boolean isOlder(long version, long atNanos, Tracked tracked) {
    long created = tracked.pod.metadata().creationTimestamp();
    boolean before = atNanos != Times.NONE && created != Times.NONE && atNanos < created;
    return before || (version != Track.NO_VERSION && version < tracked.version);
  }

  void listBegun(String resourceVersion) {
    long version = Versions.number(resourceVersion);
    if (listing == null || !listing.goesOn(version)) {
      listing = new Listing(version);
    }
  }

  /** The end of a list; after a gap, pods it lacks and should have are gone. */
  void listEnded(boolean more, long arrivalNanos, RepairedSink sink) {
    Listing ended = listing;
    if (ended == null) {
      return;
    }
    if (more) {
      ended.partial = true;
      return;
    }
    listing = null;
    if (gap) {
      gap = false;
      horizon = Math.max(horizon, ended.version);
      for (Tracked absent : absentFrom(ended)) {
        reports.add(AnomalyKind.ABSENT_FROM_LIST, absent.pod.metadata(), arrivalNanos);
        end(absent, absent.pod, Gone.ABSENT_FROM_LIST, Times.NONE, arrivalNanos, sink);
      }
    }
  }

  private List<Tracked> absentFrom(Listing list) {
    List<Tracked> absent = new ArrayList<>();
    for (Tracked tracked : pods.values()) {
      if (!list.has(tracked.identity) && list.covers(tracked.version)) {
        absent.add(tracked);
      }
    }
    absent.sort(Comparator.comparing(tracked -> tracked.identity));
    return absent;
  }

  private void put(Tracked tracked) {
    pods.put(tracked.identity, tracked);
    names.put(Name.of(tracked.pod.metadata()), tracked);
  }

  private void end(
      Tracked tracked, Pod last, Gone why, long atNanos, long arrivalNanos, RepairedSink sink) {
    pods.remove(tracked.identity);
    names.remove(Name.of(tracked.pod.metadata()), tracked);
    bury(tracked.identity, tracked.version, atNanos, arrivalNanos);
    sink.gone(last, why, time(atNanos, arrivalNanos));
  }

  private void bury(String identity, long version, long atNanos, long arrivalNanos) {
    stones.put(identity, new Tombstones.Tombstone(version, atNanos, arrivalNanos));
  }

  private static long time(long atNanos, long arrivalNanos) {
    return atNanos == Times.NONE ? arrivalNanos : atNanos;
  }
}
