package dev.slipway.actors;

import dev.slipway.engine.state.PodState;
import org.jspecify.annotations.Nullable;

/**
 * Sees pod objects on their shard's thread: reads what it needs, keeps no reference to the state,
 * does not block.
 */
@FunctionalInterface
public interface PodVisitor {
  /**
   * One pod object.
   *
   * @param state null of a pod that was given up after failures
   */
  void pod(PodRow row, @Nullable PodState state);
}
