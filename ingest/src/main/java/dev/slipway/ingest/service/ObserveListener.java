package dev.slipway.ingest.service;

import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.GroupTotals;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedTransition;
import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ingest.repair.Anomaly;
import org.jspecify.annotations.Nullable;

/**
 * Sees what shards derive, for pages and metrics. Called on the threads of the service; what a
 * transaction that is undone had derived is seen again.
 */
public interface ObserveListener {
  /** Sees nothing. */
  ObserveListener NONE = new ObserveListener() {};

  default void transition(ObservedPod pod, ObservedTransition transition) {}

  default void finding(ObservedPod pod, Finding finding) {}

  default void readyFirst(ObservedPod pod) {}

  /** The pod is new or has changed; also after a restore. */
  default void changed(ObservedPod pod) {}

  default void forgotten(ObservedPod pod) {}

  /**
   * What the changelog holds of a pod, see {@link dev.slipway.engine.observe.PodSnapshot}: also
   * while it is restored.
   *
   * @param snapshot bytes nobody changes, null: forgotten
   */
  default void snapshot(int partition, String identity, byte @Nullable [] snapshot) {}

  /** Counts of a group in a partition, told now and then. */
  default void totals(int partition, GroupTotals totals) {}

  default void totalsGone(int partition, String group, String name) {}

  /** The partition is no longer here; its pods were told as forgotten. */
  default void dropped(int partition) {}

  default void refused(Rejected rejected) {}

  /** A list of pods or an expired watch came to this partition only. */
  default void aboutAllPods() {}

  /** Something in the feed had to be put right. */
  default void anomaly(Anomaly anomaly) {}
}
