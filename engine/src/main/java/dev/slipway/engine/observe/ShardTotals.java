package dev.slipway.engine.observe;

import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts of the pods of a shard by group; remembers which have changed since they were told. */
final class ShardTotals {
  private final Map<Key, long[]> groups = new HashMap<>();
  private final Set<Key> dirty = new HashSet<>();

  private record Key(String group, String name) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byGroup = group.compareTo(other.group);
      return byGroup != 0 ? byGroup : name.compareTo(other.name);
    }
  }

  void add(ObservedPod pod) {
    add(pod, 1);
  }

  void remove(ObservedPod pod) {
    add(pod, -1);
  }

  private void add(ObservedPod pod, int sign) {
    add(new Key("cluster", ""), pod, sign);
    add(new Key("namespace", pod.namespace), pod, sign);
    add(new Key("node", pod.node), pod, sign);
    add(new Key("qos", pod.spec.qos().text()), pod, sign);
  }

  private void add(Key key, ObservedPod pod, int sign) {
    GroupTotals.add(groups.computeIfAbsent(key, _ -> new long[GroupTotals.COLUMNS]), pod, sign);
    dirty.add(key);
  }

  /** Tells at once which groups the last changes have left empty: nobody else remembers them. */
  void tellEmpty(ObservedPod pod, String node, ShardSink sink) {
    tellIfEmpty(new Key("node", node), sink);
    tellIfEmpty(new Key("cluster", ""), sink);
    tellIfEmpty(new Key("namespace", pod.namespace), sink);
    tellIfEmpty(new Key("node", pod.node), sink);
    tellIfEmpty(new Key("qos", pod.spec.qos().text()), sink);
  }

  private void tellIfEmpty(Key key, ShardSink sink) {
    long[] columns = groups.get(key);
    if (columns != null && columns[GroupTotals.PODS] == 0) {
      groups.remove(key);
      dirty.remove(key);
      sink.totalsGone(key.group, key.name);
    }
  }

  /** Tells what has changed since the last time, in the order of names. */
  void tell(ShardSink sink) {
    List<Key> changed = new ArrayList<>(dirty);
    changed.sort(null);
    dirty.clear();
    for (Key key : changed) {
      long[] columns = groups.get(key);
      if (columns != null) {
        sink.totals(GroupTotals.of(key.group, key.name, columns));
      }
    }
  }

  Collection<GroupTotals> all() {
    List<GroupTotals> all = new ArrayList<>();
    groups.forEach((key, columns) -> all.add(GroupTotals.of(key.group, key.name, columns)));
    return all;
  }

  /** The tick a time belongs to; ticks are when totals are told. */
  static long tick(long nanos, long everyNanos) {
    return nanos == Times.NONE ? Long.MIN_VALUE : Math.floorDiv(nanos, everyNanos);
  }
}
