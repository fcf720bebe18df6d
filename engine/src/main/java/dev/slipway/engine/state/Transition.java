package dev.slipway.engine.state;

import org.jspecify.annotations.Nullable;

/**
 * One declared change of state, as data: the engine changes state by naming it, the diagrams of
 * docs/engine.md are drawn from it, and a test lists each one that no test took.
 */
public interface Transition {
  /** The state it leaves; {@code -}: there was nothing. */
  String from();

  /** What brings it about. */
  String cause();

  /** The state it leads to; {@code -}: nothing is left. */
  String to();

  /** A state in words. */
  static String name(@Nullable Enum<?> state) {
    return state == null ? "-" : state.name();
  }
}
