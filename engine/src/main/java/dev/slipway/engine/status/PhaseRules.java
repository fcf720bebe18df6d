package dev.slipway.engine.status;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.restart.RestartRules;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.StatusCell;
import dev.slipway.engine.why.Cause;

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

  private int pendingInitAt;
  private int failedInitAt;
  private int pendingSidecarAt;
  private int waitingAt;
  private int runningAt;
  private int notSucceededAt;
  private int restartsAt;

  private Cause cause = Cause.PHASE_UNKNOWN;
  private int about = -1;

  /** What decided the phase computed last. */
  Cause cause() {
    return cause;
  }

  /** The container that decided it, the first if several did; -1: none. */
  int about() {
    return about;
  }

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
    pendingInitAt = failedInitAt = pendingSidecarAt = waitingAt = -1;
    runningAt = notSucceededAt = restartsAt = -1;
    for (int c = 0; c < shape.ephemeralStart; c++) {
      switch (shape.role(c)) {
        case REGULAR_INIT -> countInit(profile, shape, c, cells[c]);
        case SIDECAR -> countSidecar(c, cells[c]);
        case APP -> countApp(profile, shape, c, cells[c]);
        case EPHEMERAL -> {}
      }
    }
    return decide(terminal, hasActiveApp, isStatic);
  }

  /** Rule L-502: the first that holds. */
  private PodPhase decide(boolean terminal, boolean hasActiveApp, boolean isStatic) {
    if (failedInit > 0) {
      return is(PodPhase.FAILED, Cause.PHASE_INIT_FAILED, failedInitAt);
    }
    if (pendingInit > 0) {
      return is(PodPhase.PENDING, Cause.PHASE_INIT_PENDING, pendingInitAt);
    }
    if (pendingSidecar > 0 && !hasActiveApp) {
      return is(PodPhase.PENDING, Cause.PHASE_SIDECAR_PENDING, pendingSidecarAt);
    }
    if (waiting > 0) {
      return is(PodPhase.PENDING, Cause.PHASE_WAITING, waitingAt);
    }
    if (running > 0 && unknown == 0) {
      return is(PodPhase.RUNNING, Cause.PHASE_RUNNING, runningAt);
    }
    if (running == 0 && stopped > 0 && unknown == 0) {
      return allStopped(terminal && !isStatic);
    }
    return is(PodPhase.PENDING, Cause.PHASE_UNKNOWN, -1);
  }

  private PodPhase allStopped(boolean atEnd) {
    boolean success = stopped == succeeded;
    if (finished < stopped && !atEnd) {
      return is(PodPhase.RUNNING, Cause.PHASE_RESTARTS, restartsAt);
    }
    if (success) {
      Cause why = atEnd ? Cause.PHASE_END_SUCCEEDED : Cause.PHASE_SUCCEEDED;
      return is(PodPhase.SUCCEEDED, why, -1);
    }
    Cause why = atEnd ? Cause.PHASE_END_FAILED : Cause.PHASE_FAILED;
    return is(PodPhase.FAILED, why, notSucceededAt);
  }

  private PodPhase is(PodPhase phase, Cause why, int container) {
    cause = why;
    about = container;
    return phase;
  }

  private static int first(int before, int c) {
    return before < 0 ? c : before;
  }

  private void countInit(Profile profile, PodShape shape, int c, StatusCell cell) {
    if (!cell.present) {
      pendInit(c);
      return;
    }
    switch (cell.state) {
      case ContainerState.None _, ContainerState.Running _ -> pendInit(c);
      case ContainerState.Terminated t -> countEndedInit(profile, shape, c, t);
      case ContainerState.Waiting _ -> {
        if (cell.lastState instanceof ContainerState.Terminated t) {
          countEndedInit(profile, shape, c, t);
        } else {
          pendInit(c);
        }
      }
    }
  }

  private void pendInit(int c) {
    pendingInit++;
    pendingInitAt = first(pendingInitAt, c);
  }

  private void countEndedInit(
      Profile profile, PodShape shape, int c, ContainerState.Terminated end) {
    if (end.exitCode() != 0 && !mayRestart(profile, shape, c, end)) {
      failedInit++;
      failedInitAt = first(failedInitAt, c);
    }
  }

  private void pendSidecar(int c) {
    pendingSidecar++;
    pendingSidecarAt = first(pendingSidecarAt, c);
  }

  private void countSidecar(int c, StatusCell cell) {
    if (!cell.present) {
      unknown++;
      return;
    }
    switch (cell.state) {
      case ContainerState.None _ -> {
        unknown++;
        pendSidecar(c);
      }
      case ContainerState.Running _ -> {
        running++;
        runningAt = first(runningAt, c);
        if (cell.started != 1) {
          pendSidecar(c);
        }
      }
      case ContainerState.Terminated _ -> {}
      case ContainerState.Waiting _ -> {
        if (!(cell.lastState instanceof ContainerState.Terminated)) {
          waiting++;
          waitingAt = first(waitingAt, c);
          pendSidecar(c);
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
      case ContainerState.Running _ -> {
        running++;
        // An app container tells more than a sidecar.
        runningAt = runningAt < 0 || shape.isSidecar(runningAt) ? c : runningAt;
      }
      case ContainerState.Terminated t -> {
        if (t.exitCode() == 0) {
          succeeded++;
        } else {
          notSucceededAt = first(notSucceededAt, c);
        }
        countStopped(mayRestart(profile, shape, c, t), c);
      }
      case ContainerState.Waiting _ -> {
        if (cell.lastState instanceof ContainerState.Terminated t) {
          notSucceededAt = first(notSucceededAt, c);
          countStopped(mayRestart(profile, shape, c, t), c);
        } else {
          waiting++;
          waitingAt = first(waitingAt, c);
        }
      }
    }
  }

  private void countStopped(boolean restarts, int c) {
    stopped++;
    if (restarts) {
      restartsAt = first(restartsAt, c);
    } else {
      finished++;
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
