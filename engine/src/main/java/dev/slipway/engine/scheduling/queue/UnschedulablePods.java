package dev.slipway.engine.scheduling.queue;

import dev.slipway.engine.scheduling.Plugin;
import dev.slipway.engine.scheduling.SchedulingSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Pods that wait for an event. What a hint says depends on the spec and the plugins that rejected
 * the pod, so pods that agree in both are one group, and an event is judged once for each group.
 */
final class UnschedulablePods {
  private record Key(SchedulingSpec spec, Set<Plugin> unschedulable, Set<Plugin> pending) {
    static Key of(QueuedPod pod) {
      return new Key(pod.pod.spec(), pod.unschedulable, pod.pending);
    }
  }

  /** Those that have waited longest first. */
  static final Comparator<QueuedPod> AGE =
      Comparator.<QueuedPod>comparingLong(QueuedPod::waitingSince)
          .thenComparingLong(pod -> pod.number);

  private final Map<Key, Set<QueuedPod>> groups = new LinkedHashMap<>();
  private final TreeSet<QueuedPod> byAge = new TreeSet<>(AGE);

  int size() {
    return byAge.size();
  }

  void add(QueuedPod pod) {
    groups.computeIfAbsent(Key.of(pod), _ -> new LinkedHashSet<>()).add(pod);
    byAge.add(pod);
  }

  void remove(QueuedPod pod) {
    byAge.remove(pod);
    Key key = Key.of(pod);
    Set<QueuedPod> group = groups.get(key);
    if (group != null && group.remove(pod) && group.isEmpty()) {
      groups.remove(key);
    }
  }

  /** The pods whose group, judged by one of it, is to move. */
  List<QueuedPod> all(Predicate<QueuedPod> moves) {
    List<QueuedPod> moving = new ArrayList<>();
    for (Set<QueuedPod> group : groups.values()) {
      if (moves.test(group.iterator().next())) {
        moving.addAll(group);
      }
    }
    return moving;
  }

  /** The one that has waited longest; call only if there is one. */
  QueuedPod oldest() {
    return byAge.first();
  }

  Iterable<QueuedPod> pods() {
    return byAge;
  }
}
