package dev.slipway.engine.scheduling.queue;

import dev.slipway.engine.scheduling.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pods that are being tried, and what changed since each attempt began (K-105). */
final class InFlight {
  private final Map<QueuedPod, Integer> starts = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();

  void begin(QueuedPod pod) {
    starts.put(pod, changes.size());
  }

  void note(Change change) {
    if (!starts.isEmpty()) {
      changes.add(change);
    }
  }

  /** The attempt ends; the changes since it began, oldest first. */
  List<Change> end(QueuedPod pod) {
    Integer start = starts.remove(pod);
    List<Change> seen =
        start == null ? List.of() : List.copyOf(changes.subList(start, changes.size()));
    trim();
    return seen;
  }

  /** Forgets what happened before the oldest attempt began. */
  private void trim() {
    if (starts.isEmpty()) {
      changes.clear();
      return;
    }
    int first = starts.values().iterator().next();
    if (first > 0) {
      changes.subList(0, first).clear();
      starts.replaceAll((_, start) -> start - first);
    }
  }
}
