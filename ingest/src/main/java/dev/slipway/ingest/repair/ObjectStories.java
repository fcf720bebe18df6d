package dev.slipway.ingest.repair;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.format.Action;
import dev.slipway.ingest.format.ClusterObject;
import dev.slipway.ingest.format.ObjectKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The latest version of every object that is no pod; they are few and come seldom. */
final class ObjectStories {
  static final String PREFIX = "object/";

  private final long tombstoneNanos;
  private final Reports reports;
  private final IntSupplier marks;
  private final Map<Key, Held> objects = new TreeMap<>();
  private final Map<ObjectKind, Listing> listings = new EnumMap<>(ObjectKind.class);
  private final TreeSet<Key> changed = new TreeSet<>();

  /** The kinds of which events may be missing. */
  final EnumSet<ObjectKind> gaps = EnumSet.noneOf(ObjectKind.class);

  /** An object by what it is called. */
  record Key(ObjectKind kind, String namespace, String name) implements Comparable<Key> {
    static Key of(ClusterObject object) {
      ObjectMeta metadata = object.metadata();
      return new Key(object.kind(), metadata.namespace(), metadata.name());
    }

    String text() {
      return PREFIX + kind + "/" + namespace + "/" + name;
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
   * @param mark of the last list that had it
   */
  record Held(ClusterObject object, long version, boolean gone, long arrivalNanos, int mark) {}

  ObjectStories(RepairLimits limits, Reports reports, IntSupplier marks) {
    this.tombstoneNanos = limits.tombstoneNanos();
    this.reports = reports;
    this.marks = marks;
  }

  void seen(
      Action action, ClusterObject object, long atNanos, long arrivalNanos, RepairedSink sink) {
    Key key = Key.of(object);
    long version = Versions.number(object.metadata().resourceVersion());
    Held held = objects.get(key);
    int mark = held == null ? 0 : held.mark;
    Listing listing = listings.get(object.kind());
    if (listing != null && action == Action.LISTED) {
      mark = listing.mark;
    }
    if (held != null && isStale(action, object, version, held, arrivalNanos)) {
      if (mark != held.mark) {
        put(key, new Held(held.object, held.version, held.gone, held.arrivalNanos, mark));
      }
      return;
    }
    if (action == Action.DELETED && (held == null || held.gone)) {
      reports.add(AnomalyKind.DELETED_WITHOUT_ADDED, object.metadata(), arrivalNanos);
    }
    apply(action, object, version, mark, atNanos, arrivalNanos, sink);
  }

  private boolean isStale(
      Action action, ClusterObject object, long version, Held held, long arrivalNanos) {
    boolean comparable = version != Versions.NONE && held.version != Versions.NONE;
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
      int mark,
      long atNanos,
      long arrivalNanos,
      RepairedSink sink) {
    boolean gone = action == Action.DELETED;
    if (gone) {
      forgetOld(arrivalNanos);
    }
    put(Key.of(object), new Held(object, version, gone, arrivalNanos, mark));
    sink.object(action, object, atNanos == Times.NONE ? arrivalNanos : atNanos);
  }

  private void put(Key key, Held held) {
    objects.put(key, held);
    changed.add(key);
  }

  private void forgetOld(long arrivalNanos) {
    objects
        .entrySet()
        .removeIf(entry -> {
          Held old = entry.getValue();
          boolean over = old.gone && arrivalNanos - old.arrivalNanos >= tombstoneNanos;
          if (over) {
            changed.add(entry.getKey());
          }
          return over;
        });
  }

  void listBegun(ObjectKind kind, String resourceVersion) {
    long version = Versions.number(resourceVersion);
    Listing before = listings.get(kind);
    if (before == null || !before.goesOn(version)) {
      listings.put(kind, new Listing(version, marks.getAsInt()));
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
            absent.mark,
            Times.NONE,
            arrivalNanos,
            sink);
      }
    }
  }

  private List<Held> absentFrom(ObjectKind kind, Listing list) {
    List<Held> absent = new ArrayList<>();
    objects.forEach((key, held) -> {
      boolean missing = key.kind == kind && !held.gone && held.mark != list.mark;
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

  /** Writes what changed since the last time. */
  void save(StateSink sink) {
    for (Key key : changed) {
      Held held = objects.get(key);
      sink.put(key.text(), held == null ? null : StateJson.object(held));
    }
    changed.clear();
  }

  /** Takes up one, or forgets it again. */
  void restore(String key, byte @Nullable [] value) {
    if (value == null) {
      objects.keySet().removeIf(known -> known.text().equals(key));
    } else {
      Held held = StateJson.object(value);
      objects.put(Key.of(held.object), held);
    }
  }
}
