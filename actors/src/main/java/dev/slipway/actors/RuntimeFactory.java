package dev.slipway.actors;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.state.PodShape;

/**
 * Makes the runtime of each pod. Called on shard threads, the runtimes too: a pod's runtime is
 * touched by its shard's thread only and must not block.
 */
@FunctionalInterface
public interface RuntimeFactory {
  PodRuntime create(ObjectMeta meta, PodShape shape);

  /** The spec of a pod changes; called before the pod learns of it. */
  default void changed(PodRuntime runtime, ObjectMeta meta, PodShape shape) {}
}
