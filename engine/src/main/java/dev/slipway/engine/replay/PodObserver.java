package dev.slipway.engine.replay;

import dev.slipway.engine.state.Transition;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;

/** Sees what a hosted pod does toward the API. Times are the driver's. */
public interface PodObserver {
  /** The status in the API was written. */
  void status(PodHost pod, long now);

  /** Why what comes next is done or changes; see {@code Because}. */
  default void because(
      PodHost pod, Subject subject, int container, Cause cause, int about, long number, long now) {}

  /** The object is gone from the API. */
  void removed(PodHost pod, long now);

  /** An event was recorded; container -1: the pod itself. */
  void event(PodHost pod, String type, String reason, int container, String message, long now);

  /** A state machine of the pod changed state; container -1: the pod worker itself. */
  default void moved(PodHost pod, int container, Transition transition, long now) {}
}
