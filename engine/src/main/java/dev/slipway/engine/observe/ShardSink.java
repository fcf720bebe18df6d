package dev.slipway.engine.observe;

/** Who receives what a shard derives and which of its pods changed. */
public interface ShardSink extends ObserveSink {
  /** What is remembered of the pod has changed: its snapshot is to be written. */
  void changed(ObservedPod pod);

  /** The pod is forgotten. */
  void forgotten(ObservedPod pod);

  /** Counts of a group that have changed; told now and then, at times the feed's clock gives. */
  void totals(GroupTotals totals);

  /** No pod of the group is left. */
  void totalsGone(String group, String name);
}
