package dev.slipway.tests;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.replay.PodHost;
import dev.slipway.engine.replay.PodObserver;
import dev.slipway.engine.runtime.RuntimeLog;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.status.PublishedStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one pod from outside, a line each, in order. It ends with the pod: on actors
 * nothing is left then, the driver lets the modelled runtime run on.
 */
final class PodLife implements PodObserver, RuntimeLog {
  private final List<String> lines = new ArrayList<>();

  /** The time of what the runtime writes next. */
  long now;

  private @Nullable PodHost host;

  private LongSupplier step = () -> 0;

  /** The step in which a status was last written or the object removed. */
  private long changed;

  /**
   * On the driver.
   *
   * @param currentStep number of the queue entry that is being delivered
   */
  void follow(PodHost pod, LongSupplier currentStep) {
    host = pod;
    step = currentStep;
  }

  List<String> lines() {
    return lines;
  }

  void status(PodState pod, long at) {
    changed = step.getAsLong();
    line(at, "status " + PublishedStatus.of(pod));
  }

  void removed(long at) {
    changed = step.getAsLong();
    line(at, "removed");
  }

  void event(String container, String type, String reason, String message, long at) {
    line(at, "event " + container + " " + type + " " + reason + " " + message);
  }

  @Override
  public void note(Op op, int container, int attempt, long detail, String reason) {
    line(now, "runtime " + op + " " + container + " " + attempt + " " + detail + " " + reason);
  }

  private void line(long at, String text) {
    if (!gone() || step.getAsLong() == changed) {
      lines.add(at / Times.MILLI + " " + text);
    }
  }

  private boolean gone() {
    PodHost followed = host;
    return followed != null
        && followed.removed()
        && followed.state().worker == PodState.Worker.FINISHED;
  }

  // As the driver's observer.

  @Override
  public void status(PodHost pod, long at) {
    if (!pod.removed()) {
      status(pod.state(), at);
    }
  }

  @Override
  public void removed(PodHost pod, long at) {
    removed(at);
  }

  @Override
  public void event(
      PodHost pod, String type, String reason, int container, String message, long at) {
    String name = container < 0 ? "" : pod.state().apiShape.container(container).name();
    event(name, type, reason, message, at);
  }
}
