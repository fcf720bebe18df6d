package dev.slipway.actors;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.state.PodState;

/**
 * Sees what the pods of a shard do toward the API. Called on the shard's thread: an implementation
 * reads what it needs from the state, keeps no reference to it, does not block and bounds what it
 * hands over. What it throws is counted and logged, the pod goes on.
 */
public interface StatusListener {
  StatusListener NONE = new StatusListener() {};

  /** The status in the API was written. */
  default void status(PodState pod, long now) {}

  /** The object is gone from the API. */
  default void removed(ObjectMeta pod, long now) {}

  /**
   * An event was recorded about the pod, or about the container of that name if it is not empty.
   */
  default void event(
      ObjectMeta pod, String container, String type, String reason, String message, long now) {}

  /** What a list of pods shows of the pod changed. */
  default void transition(PodState pod, PodRow before, PodRow after, long now) {}
}
