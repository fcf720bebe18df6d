package dev.slipway.engine.state;

import org.jspecify.annotations.Nullable;

/**
 * One declared change of state, as data: the engine changes state by naming it, the diagrams of
 * docs/engine.md are drawn from it, and a test lists each one that no test took.
 */
public interface Transition {
  /** The state it leaves, null if there was nothing. */
  @Nullable Enum<?> before();

  /** The state it leads to, null if nothing is left. */
  @Nullable Enum<?> after();

  /** The state it leaves in words; {@code -}: there was nothing. */
  default String from() {
    return name(before());
  }

  /** What brings it about. */
  String cause();

  /** The state it leads to in words; {@code -}: nothing is left. */
  default String to() {
    return name(after());
  }

  private static String name(@Nullable Enum<?> state) {
    return state == null ? "-" : state.name();
  }
}
