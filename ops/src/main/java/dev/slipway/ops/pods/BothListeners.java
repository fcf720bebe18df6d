package dev.slipway.ops.pods;

import dev.slipway.actors.PodRow;
import dev.slipway.actors.StatusListener;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.state.PodState;

/** Two listeners, one after the other. */
public record BothListeners(StatusListener first, StatusListener second) implements StatusListener {
  @Override
  public void status(PodState pod, long now) {
    first.status(pod, now);
    second.status(pod, now);
  }

  @Override
  public void removed(ObjectMeta pod, long now) {
    first.removed(pod, now);
    second.removed(pod, now);
  }

  @Override
  public void event(
      ObjectMeta pod, String container, String type, String reason, String message, long now) {
    first.event(pod, container, type, reason, message, now);
    second.event(pod, container, type, reason, message, now);
  }

  @Override
  public void transition(PodState pod, PodRow before, PodRow after, long now) {
    first.transition(pod, before, after, now);
    second.transition(pod, before, after, now);
  }
}
