package dev.slipway.engine.lifecycle;

import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.PodActions;
import dev.slipway.engine.state.PodActions.StopReason;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;

/**
 * Stops all containers of a pod in order: app containers first, then sidecars in reverse (rules
 * L-430 to L-437; kuberuntime_termination_order.go, 1.37.2).
 *
 * <p>Who is still to be stopped is kept in the stop list of the pod's actions: an entry is there
 * from the order to stop until the stop is done.
 */
public final class TerminationOrder {
  private TerminationOrder() {}

  /**
   * Orders the stop of everything that runs.
   *
   * @param ordered sidecars wait for their turn (rule L-430)
   * @param override grace for all of them, negative: each its own (rule L-411)
   */
  public static void begin(
      PodState pod, PodActions actions, boolean ordered, long override, PodSink out) {
    actions.stopCount = 0;
    for (int c = 0; c < pod.shape.count; c++) {
      ContainerRecord record = pod.slots[c].newest;
      if (record != null && record.state() == RecordState.RUNNING) {
        actions.stop(c, record, StopReason.NONE, false, actions.stopPodCause);
      }
    }
    actions.outstanding = actions.stopCount;
    for (int k = 0; k < actions.stopCount; k++) {
      int c = actions.stops[k];
      out.because(
          Subject.STOP, c, actions.stopPodCause, actions.stopPodAbout, actions.stopPodNumber);
      long grace = override < 0 ? GraceRules.ofContainer(pod, c, StopReason.NONE, out) : override;
      if (override >= 0) {
        out.because(Subject.GRACE, c, Cause.GRACE_EFFECTIVE, c, grace);
      }
      boolean waits =
          ordered && !pod.orphan && pod.shape.isSidecar(c) && !hasTurn(pod.shape, actions, c);
      ContainerRecord record = actions.stopRecords[k];
      if (pod.shape.isSidecar(c)) {
        out.because(Subject.EXIT_CODE, c, Cause.SIDECAR_CODE_IGNORED, c, 0);
      }
      out.recordEvent("Normal", "Killing", c, "Stopping container");
      if (waits && grace > 0) {
        tellWait(pod.shape, actions, c, out);
      }
      out.stopContainer(c, record.id, grace, grace > 0 && !pod.orphan, waits);
    }
  }

  /** A stop is done: those whose turn has come are told. Returns true if it was the last one. */
  public static boolean done(PodState pod, PodActions actions, int container, PodSink out) {
    int at = indexOf(actions, container);
    if (at < 0) {
      return false;
    }
    remove(actions, at);
    for (int k = 0; k < actions.stopCount; k++) {
      int c = actions.stops[k];
      if (pod.shape.isSidecar(c)
          && waitedFor(pod.shape, c, container)
          && hasTurn(pod.shape, actions, c)) {
        out.because(Subject.SIGNAL, c, Cause.TURN_CAME, container, 0);
        out.turn(c);
      }
    }
    return --actions.outstanding == 0;
  }

  /**
   * A stop call failed: nobody is told, so that whoever waits for it waits to its own limit (rule
   * L-406). Returns true if it was the last one.
   */
  public static boolean failed(PodActions actions) {
    return --actions.outstanding == 0;
  }

  /** Rule L-433: nothing the sidecar waits for is still to be stopped. */
  private static boolean hasTurn(PodShape shape, PodActions actions, int sidecar) {
    return firstWaitedFor(shape, actions, sidecar) < 0;
  }

  /** The first container that is still to be stopped before the sidecar, -1 if there is none. */
  private static int firstWaitedFor(PodShape shape, PodActions actions, int sidecar) {
    for (int k = 0; k < actions.stopCount; k++) {
      if (waitedFor(shape, sidecar, actions.stops[k])) {
        return actions.stops[k];
      }
    }
    return -1;
  }

  private static void tellWait(PodShape shape, PodActions actions, int sidecar, PodSink out) {
    int first = firstWaitedFor(shape, actions, sidecar);
    Cause cause = shape.isApp(first) ? Cause.WAITS_FOR_APP : Cause.WAITS_FOR_SIDECAR;
    out.because(Subject.TURN, sidecar, cause, first, 0);
  }

  /**
   * True if the sidecar waits for that container: an app container or the nearest later sidecar.
   */
  private static boolean waitedFor(PodShape shape, int sidecar, int other) {
    if (shape.isApp(other)) {
      return true;
    }
    if (other <= sidecar || !shape.isSidecar(other)) {
      return false;
    }
    for (int c = sidecar + 1; c < other; c++) {
      if (shape.isSidecar(c)) {
        return false;
      }
    }
    return true;
  }

  private static int indexOf(PodActions actions, int container) {
    for (int k = 0; k < actions.stopCount; k++) {
      if (actions.stops[k] == container) {
        return k;
      }
    }
    return -1;
  }

  private static void remove(PodActions actions, int at) {
    int last = --actions.stopCount;
    for (int k = at; k < last; k++) {
      actions.stops[k] = actions.stops[k + 1];
      actions.stopRecords[k] = actions.stopRecords[k + 1];
      actions.stopReasons[k] = actions.stopReasons[k + 1];
      actions.stopRestarts[k] = actions.stopRestarts[k + 1];
    }
  }
}
