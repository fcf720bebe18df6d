package dev.slipway.tests.simulation;

import dev.slipway.engine.state.Transition;
import java.util.function.Consumer;

/** Random lives for other tests to watch. */
public final class Lives {
  private Lives() {}

  /** Lives the pod of that seed; {@code moves} hears of every transition. */
  public static void watch(long seed, Consumer<Transition> moves) {
    Life.watch(seed, moves);
  }
}
