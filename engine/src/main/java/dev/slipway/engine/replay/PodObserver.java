package dev.slipway.engine.replay;

/** Sees what a hosted pod does toward the API. Times are the driver's. */
public interface PodObserver {
  /** The status in the API was written. */
  void status(PodHost pod, long now);

  /** The object is gone from the API. */
  void removed(PodHost pod, long now);

  /** An event was recorded; container -1: the pod itself. */
  void event(PodHost pod, String type, String reason, int container, String message, long now);
}
