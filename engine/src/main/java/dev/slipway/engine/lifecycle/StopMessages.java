package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.PodActions;
import dev.slipway.engine.state.PodActions.StopReason;
import dev.slipway.engine.state.PodState;

/** The kubelet's words for stops and delays (kuberuntime_manager.go, 1.37.2). */
public final class StopMessages {
  private StopMessages() {}

  /** Message of the k-th entry of the stop list. */
  public static String of(PodState pod, PodActions actions, int k) {
    int c = actions.stops[k];
    String name = pod.shape.container(c).name();
    boolean init = c < pod.shape.appStart;
    String who = init ? "Init container " + name : "Container " + name;
    String what =
        switch (actions.stopReasons[k]) {
          case NONE -> who + " definition changed";
          case RESIZE -> "Container " + name + " resize requires restart";
          case STARTUP_PROBE -> who + " failed startup probe";
          case LIVENESS_PROBE -> who + " failed liveness probe";
          case FAILED_POST_START_HOOK -> "FailedPostStartHook";
          case RESTART_ALL_CONTAINERS -> "Stopping container " + name;
          case UNKNOWN ->
              (init ? "Init container" : "Container")
                  + " is in \"unknown\" state, try killing it before restart";
        };
    return !init && actions.stopRestarts[k] && saysRestart(actions.stopReasons[k])
        ? what + ", will be restarted"
        : what;
  }

  private static boolean saysRestart(StopReason reason) {
    return reason != StopReason.UNKNOWN && reason != StopReason.RESIZE;
  }

  /** Why a start is refused by restart back-off; the delay is the one in force. */
  public static String backOff(PodState pod, int c) {
    return "back-off "
        + duration(pod.slots[c].backOffDelay() / Times.SECOND)
        + " restarting failed container="
        + pod.shape.container(c).name()
        + " pod="
        + pod.meta.name()
        + "_"
        + pod.meta.namespace()
        + "("
        + pod.meta.uid()
        + ")";
  }

  /** Seconds as Go prints a duration: 40s, 1m20s, 5m0s. */
  static String duration(long seconds) {
    return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
  }
}
