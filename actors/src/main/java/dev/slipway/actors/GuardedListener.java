package dev.slipway.actors;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.state.PodState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a status listener throws away from the pods. */
final class GuardedListener implements StatusListener {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

  private final StatusListener listener;
  private final ShardCounts counts;

  GuardedListener(StatusListener listener, ShardCounts counts) {
    this.listener = listener;
    this.counts = counts;
  }

  @Override
  public void status(PodState pod, long now) {
    try {
      listener.status(pod, now);
    } catch (RuntimeException e) {
      threw(pod.apiMeta, e);
    }
  }

  @Override
  public void removed(ObjectMeta pod, long now) {
    try {
      listener.removed(pod, now);
    } catch (RuntimeException e) {
      threw(pod, e);
    }
  }

  @Override
  public void event(
      ObjectMeta pod, String container, String type, String reason, String message, long now) {
    try {
      listener.event(pod, container, type, reason, message, now);
    } catch (RuntimeException e) {
      threw(pod, e);
    }
  }

  @Override
  public void transition(PodState pod, PodRow before, PodRow after, long now) {
    try {
      listener.transition(pod, before, after, now);
    } catch (RuntimeException e) {
      threw(pod.apiMeta, e);
    }
  }

  /** The first one is logged, the rest counted: a broken listener throws at every call. */
  private void threw(ObjectMeta pod, RuntimeException error) {
    if (counts.listenerFailures++ == 0) {
      LOG.error(
          "status listener failed, further failures are counted only: pod={}", pod.key(), error);
    }
  }
}
