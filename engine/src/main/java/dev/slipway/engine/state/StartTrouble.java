package dev.slipway.engine.state;

import org.jspecify.annotations.Nullable;

/** What keeps a container from starting: few have it. */
final class StartTrouble {
  String error = "";
  String message = "";
  @Nullable BackOff backOff;
}
