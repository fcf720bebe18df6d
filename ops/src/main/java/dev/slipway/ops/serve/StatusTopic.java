package dev.slipway.ops.serve;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The topic the pods' statuses go to, and what an earlier run has left in it. */
final class StatusTopic {
  private final StatusOutbox outbox;
  private final Map<String, Pod> left;

  /**
   * A topic.
   *
   * @param left the pods that stand in it, by uid
   */
  StatusTopic(StatusOutbox outbox, Map<String, Pod> left) {
    this.outbox = outbox;
    this.left = new HashMap<>(left);
  }

  /** The pod on the node it was on. */
  Pod asLeft(Pod pod) {
    Pod before = left.get(Binder.uid(pod.metadata()));
    String node = before == null ? "" : before.spec().nodeName();
    return node.isEmpty() || !pod.spec().nodeName().isEmpty()
        ? pod
        : new Pod(pod.metadata(), Binder.on(pod.spec(), node), pod.status());
  }

  /** True for a pod that had ended: its status stays as it is, until the object goes. */
  boolean keeps(Pod pod) {
    Pod before = left.get(Binder.uid(pod.metadata()));
    if (before == null || !ended(before)) {
      return false;
    }
    if (pod.metadata().deleting()) {
      gone(before.metadata());
    }
    return true;
  }

  /** True for the same when its object is gone. */
  boolean gone(ObjectMeta meta) {
    Pod before = left.remove(Binder.uid(meta));
    if (before == null || !ended(before)) {
      return false;
    }
    outbox.forget(before.metadata());
    return true;
  }

  private static boolean ended(Pod pod) {
    PodPhase phase = pod.status().phase();
    return phase != null && phase.terminal();
  }

  /** Pods that are not among those of the feed went while nobody looked. */
  void forgetAllBut(Set<String> identities) {
    left.values()
        .removeIf(pod -> {
          ObjectMeta meta = pod.metadata();
          boolean gone = !identities.contains(meta.uid()) && !identities.contains(meta.key());
          if (gone) {
            outbox.forget(meta);
          }
          return gone;
        });
  }
}
