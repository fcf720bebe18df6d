package dev.slipway.engine.observe;

/** Who receives what a shard derives and which of its pods changed. */
public interface ShardSink extends ObserveSink {
  /** What is remembered of the pod has changed: its snapshot is to be written. */
  void changed(ObservedPod pod);

  /** The pod is forgotten. */
  void forgotten(ObservedPod pod);
}
