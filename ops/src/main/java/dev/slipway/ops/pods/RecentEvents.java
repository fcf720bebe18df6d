package dev.slipway.ops.pods;

import dev.slipway.engine.api.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events recorded last on one shard, of all its pods together; older ones are forgotten. */
final class RecentEvents {
  /** Some hundred bytes each: a few megabytes a shard, however many pods there are. */
  static final int EVENTS_MAX = 1 << 14;

  private final @Nullable Recorded[] ring = new Recorded[EVENTS_MAX];
  private long count;

  /**
   * One event.
   *
   * @param container empty: about the pod itself
   */
  record Recorded(
      String uid, String container, String type, String reason, String message, long at) {}

  synchronized void add(
      ObjectMeta pod, String container, String type, String reason, String message, long at) {
    ring[(int) (count++ % EVENTS_MAX)] =
        new Recorded(pod.uid(), container, type, reason, message, at);
  }

  /** Those of one pod, oldest first. */
  synchronized List<Recorded> of(String uid) {
    List<Recorded> found = new ArrayList<>();
    for (long k = Math.max(0, count - EVENTS_MAX); k < count; k++) {
      Recorded recorded = ring[(int) (k % EVENTS_MAX)];
      if (recorded != null && recorded.uid().equals(uid)) {
        found.add(recorded);
      }
    }
    return found;
  }
}
