package dev.slipway.ingest.repair;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.format.Action;
import dev.slipway.ingest.format.ClusterObject;
import dev.slipway.ingest.format.ObjectKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The latest version of every object that is no pod; they are few and come seldom. */
final class ObjectStories {
  private final long tombstoneNanos;
  private final Reports reports;
  private final Map<Key, Held> objects = new TreeMap<>();
  private final Map<ObjectKind, Listing> listings = new EnumMap<>(ObjectKind.class);

  /** The kinds of which events may be missing. */
  final EnumSet<ObjectKind> gaps = EnumSet.noneOf(ObjectKind.class);

  /** An object by what it is called. */
  record Key(ObjectKind kind, String namespace, String name) implements Comparable<Key> {
    static Key of(ClusterObject object) {
      ObjectMeta metadata = object.metadata();
      return new Key(object.kind(), metadata.namespace(), metadata.name());
    }

    String text() {
      return namespace + "/" + name;
    }

    @Override
    public int compareTo(Key other) {
      int order = kind.compareTo(other.kind);
      order = order == 0 ? namespace.compareTo(other.namespace) : order;
      return order == 0 ? name.compareTo(other.name) : order;
    }
  }

  /**
   * A version.
   *
   * @param gone it was the last one
   */
  record Held(ClusterObject object, long version, boolean gone, long arrivalNanos) {}

  ObjectStories(RepairLimits limits, Reports reports) {
    this.tombstoneNanos = limits.tombstoneNanos();
    this.reports = reports;
  }

  Collection<Held> held() {
    return objects.values();
  }

  void seen(
      Action action, ClusterObject object, long atNanos, long arrivalNanos, RepairedSink sink) {
    Key key = Key.of(object);
    long version = Versions.number(object.metadata().resourceVersion());
    Listing listing = listings.get(object.kind());
    if (listing != null && action == Action.LISTED) {
      listing.add(key.text());
    }
    Held held = objects.get(key);
    if (held != null && isStale(action, object, version, held, arrivalNanos)) {
      return;
    }
    if (action == Action.DELETED && (held == null || held.gone)) {
      reports.add(AnomalyKind.DELETED_WITHOUT_ADDED, object.metadata(), arrivalNanos);
    }
    apply(action, object, version, atNanos, arrivalNanos, sink);
  }

  private boolean isStale(
      Action action, ClusterObject object, long version, Held held, long arrivalNanos) {
    boolean comparable = version != Track.NO_VERSION && held.version != Track.NO_VERSION;
    boolean same = comparable ? version == held.version : object.equals(held.object);
    boolean ends = action == Action.DELETED && !held.gone;
    if (same && !ends) {
      if (action != Action.LISTED) {
        reports.add(AnomalyKind.DUPLICATE, object.metadata(), arrivalNanos);
      }
      return true;
    }
    if (comparable && version < held.version) {
      if (action != Action.LISTED) {
        reports.late(object.metadata(), arrivalNanos, held.arrivalNanos);
      }
      return true;
    }
    return false;
  }

  private void apply(
      Action action,
      ClusterObject object,
      long version,
      long atNanos,
      long arrivalNanos,
      RepairedSink sink) {
    boolean gone = action == Action.DELETED;
    if (gone) {
      objects
          .values()
          .removeIf(old -> old.gone && arrivalNanos - old.arrivalNanos >= tombstoneNanos);
    }
    objects.put(Key.of(object), new Held(object, version, gone, arrivalNanos));
    sink.object(action, object, atNanos == Times.NONE ? arrivalNanos : atNanos);
  }

  void listBegun(ObjectKind kind, String resourceVersion) {
    long version = Versions.number(resourceVersion);
    Listing before = listings.get(kind);
    if (before == null || !before.goesOn(version)) {
      listings.put(kind, new Listing(version));
    }
  }

  void listEnded(ObjectKind kind, boolean more, long arrivalNanos, RepairedSink sink) {
    Listing ended = listings.get(kind);
    if (ended == null) {
      return;
    }
    if (more) {
      ended.partial = true;
      return;
    }
    listings.remove(kind);
    if (gaps.remove(kind)) {
      for (Held absent : absentFrom(kind, ended)) {
        reports.add(AnomalyKind.ABSENT_FROM_LIST, absent.object.metadata(), arrivalNanos);
        apply(
            Action.DELETED,
            absent.object,
            Math.max(absent.version, ended.version),
            Times.NONE,
            arrivalNanos,
            sink);
      }
    }
  }

  private List<Held> absentFrom(ObjectKind kind, Listing list) {
    List<Held> absent = new ArrayList<>();
    objects.forEach((key, held) -> {
      boolean missing = key.kind == kind && !held.gone && !list.has(key.text());
      if (missing && list.covers(held.version)) {
        absent.add(held);
      }
    });
    return absent;
  }

  void expired() {
    gaps.addAll(EnumSet.allOf(ObjectKind.class));
    listings.clear();
  }

  /** The lists that are being read. */
  Map<ObjectKind, Listing> listings() {
    return listings;
  }

  void restore(Held held) {
    objects.put(Key.of(held.object), held);
  }
}
