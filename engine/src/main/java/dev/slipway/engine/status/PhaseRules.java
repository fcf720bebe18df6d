package dev.slipway.engine.status;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.restart.RestartRules;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.StatusCell;

/**
 * The phase of a pod from its container statuses (rules L-500 to L-503; kubelet_pods.go getPhase,
 * 1.37.2).
 */
public final class PhaseRules {
  private int pendingInit;
  private int failedInit;
  private int pendingSidecar;
  private int unknown;
  private int waiting;
  private int running;
  private int stopped;
  private int succeeded;
  private int finished;

  /**
   * Computes the phase.
   *
   * @param cells statuses by ordinal; a cell that is not present stands for "no status"
   * @param terminal nothing of the pod will run again (rule L-503)
   * @param hasActiveApp some app container has an active record
   */
  public PodPhase phase(
      Profile profile,
      PodShape shape,
      StatusCell[] cells,
      boolean terminal,
      boolean hasActiveApp,
      boolean isStatic) {
    pendingInit = failedInit = pendingSidecar = unknown = 0;
    waiting = running = stopped = succeeded = finished = 0;
    for (int c = 0; c < shape.ephemeralStart; c++) {
      switch (shape.role(c)) {
        case REGULAR_INIT -> countInit(profile, shape, c, cells[c]);
        case SIDECAR -> countSidecar(cells[c]);
        case APP -> countApp(profile, shape, c, cells[c]);
        case EPHEMERAL -> {}
      }
    }
    return decide(terminal, hasActiveApp, isStatic);
  }

  /** Rule L-502: the first that holds. */
  private PodPhase decide(boolean terminal, boolean hasActiveApp, boolean isStatic) {
    if (failedInit > 0) {
      return PodPhase.FAILED;
    }
    if (pendingInit > 0 || (pendingSidecar > 0 && !hasActiveApp) || waiting > 0) {
      return PodPhase.PENDING;
    }
    if (running > 0 && unknown == 0) {
      return PodPhase.RUNNING;
    }
    if (running == 0 && stopped > 0 && unknown == 0) {
      PodPhase end = stopped == succeeded ? PodPhase.SUCCEEDED : PodPhase.FAILED;
      boolean atEnd = terminal && !isStatic;
      return atEnd || finished >= stopped ? end : PodPhase.RUNNING;
    }
    return PodPhase.PENDING;
  }

  private void countInit(Profile profile, PodShape shape, int c, StatusCell cell) {
    if (!cell.present) {
      pendingInit++;
      return;
    }
    switch (cell.state) {
      case ContainerState.None _, ContainerState.Running _ -> pendingInit++;
      case ContainerState.Terminated t -> countEndedInit(profile, shape, c, t);
      case ContainerState.Waiting _ -> {
        if (cell.lastState instanceof ContainerState.Terminated t) {
          countEndedInit(profile, shape, c, t);
        } else {
          pendingInit++;
        }
      }
    }
  }

  private void countEndedInit(
      Profile profile, PodShape shape, int c, ContainerState.Terminated end) {
    if (end.exitCode() != 0 && !mayRestart(profile, shape, c, end)) {
      failedInit++;
    }
  }

  private void countSidecar(StatusCell cell) {
    if (!cell.present) {
      unknown++;
      return;
    }
    switch (cell.state) {
      case ContainerState.None _ -> {
        unknown++;
        pendingSidecar++;
      }
      case ContainerState.Running _ -> {
        running++;
        if (cell.started != 1) {
          pendingSidecar++;
        }
      }
      case ContainerState.Terminated _ -> {}
      case ContainerState.Waiting _ -> {
        if (!(cell.lastState instanceof ContainerState.Terminated)) {
          waiting++;
          pendingSidecar++;
        }
      }
    }
  }

  private void countApp(Profile profile, PodShape shape, int c, StatusCell cell) {
    if (!cell.present) {
      unknown++;
      return;
    }
    switch (cell.state) {
      case ContainerState.None _ -> unknown++;
      case ContainerState.Running _ -> running++;
      case ContainerState.Terminated t -> {
        stopped++;
        succeeded += t.exitCode() == 0 ? 1 : 0;
        finished += mayRestart(profile, shape, c, t) ? 0 : 1;
      }
      case ContainerState.Waiting _ -> {
        if (cell.lastState instanceof ContainerState.Terminated t) {
          stopped++;
          finished += mayRestart(profile, shape, c, t) ? 0 : 1;
        } else {
          waiting++;
        }
      }
    }
  }

  private static boolean mayRestart(
      Profile profile, PodShape shape, int c, ContainerState.Terminated end) {
    return (profile.restartAllContainers()
            && end.reason().equals(ContainerStatusRules.RESTARTING_REASON))
        || RestartRules.restartsAfter(
            profile, shape.spec.restartPolicy(), shape.container(c), end.exitCode());
  }
}
