package dev.slipway.engine.status;

import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.restart.RestartRules;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.state.StatusCell;
import dev.slipway.engine.why.Cause;

/**
 * Container statuses from runtime records and the status before (rules L-520 to L-537;
 * kubelet_pods.go convertToAPIContainerStatuses, 1.37.2).
 */
public final class ContainerStatusRules {
  static final String UNKNOWN_REASON = "ContainerStatusUnknown";
  static final String RESTARTING_REASON = "RestartingAllContainers";
  private static final String LOST_RUNNING =
      "The container could not be located when the pod was deleted.  The container used to be Running";
  private static final String LOST =
      "The container could not be located when the pod was terminated";
  private static final String REMOVED =
      "The container is removed because RestartAllContainers in place";
  private static final String COMPLETED_UNSEEN =
      "Unable to get init container status from container runtime and pod has been initialized, treat it as exited normally";

  private static final ContainerState INITIALIZING =
      new ContainerState.Waiting("PodInitializing", "");
  private static final ContainerState CREATING =
      new ContainerState.Waiting("ContainerCreating", "");
  private static final ContainerState NO_REASON = new ContainerState.Waiting("", "");
  private static final ContainerState LOST_RUNNING_STATE =
      terminated(UNKNOWN_REASON, LOST_RUNNING, 137);
  static final ContainerState LOST_STATE = terminated(UNKNOWN_REASON, LOST, 137);
  private static final ContainerState LOST_RESTARTING = terminated(RESTARTING_REASON, LOST, 137);
  private static final ContainerState RESTARTING_WAITING =
      new ContainerState.Waiting(RESTARTING_REASON, REMOVED);
  private static final ContainerState RESTARTING_LAST = terminated(RESTARTING_REASON, REMOVED, 137);
  private static final ContainerState COMPLETED_STATE =
      terminated("Completed", COMPLETED_UNSEEN, 0);

  private ContainerStatusRules() {}

  private static ContainerState terminated(String reason, String message, int code) {
    return new ContainerState.Terminated(code, reason, message, Times.NONE, Times.NONE, "");
  }

  /** Writes the statuses of all containers into the draft; started and ready come later. */
  static void compute(Profile profile, PodState pod, StatusDraft draft) {
    boolean appCreated = pod.anyAppCreated();
    for (int c = 0; c < pod.shape.count; c++) {
      StatusCell cell = draft.cells[c];
      draft.causes.state(c, convert(profile, pod, c, draft.restartAll, cell));
      overlay(profile, pod, c, appCreated, cell, draft.causes);
    }
  }

  /** Returns why the state is what it is. */
  private static Cause convert(
      Profile profile, PodState pod, int c, boolean restartAll, StatusCell cell) {
    ContainerSlot slot = pod.slots[c];
    StatusCell before = slot.status();
    ContainerRecord record = slot.newest;
    if (record == null) {
      return withoutRecord(pod, before, restartAll, cell);
    }
    cell.clear();
    cell.present = true;
    cell.recordId = record.id;
    cell.image = record.image;
    cell.imageId = record.imageId;
    cell.resources = pod.shape.container(c).resources();
    cell.restartCount = record.restartCount;
    if (before.present && profile.restartAllContainers()) {
      cell.restartCount = Math.max(record.restartCount, before.restartCount);
      if (before.recordId != record.id && before.state instanceof ContainerState.Terminated) {
        cell.lastState = before.state;
      } else if (before.lastState instanceof ContainerState.Terminated) {
        cell.lastState = before.lastState;
      }
    }
    Cause cause = fromRecord(profile, record, before, restartAll, cell);
    if (record.state() == RecordState.RUNNING && before.present && profile.carryStarted()) {
      cell.started = before.started;
    }
    if (record.older != null) {
      cell.lastState = olderState(record.older, before, restartAll);
    }
    return cause;
  }

  /** Rules L-521, L-536 b. */
  private static Cause withoutRecord(
      PodState pod, StatusCell before, boolean restartAll, StatusCell cell) {
    cell.clear();
    cell.present = true;
    cell.state = pod.shape.appStart > 0 ? INITIALIZING : CREATING;
    Cause cause = pod.shape.appStart > 0 ? Cause.STATE_NOTHING_RAN : Cause.STATE_NOTHING_RAN_APP;
    if (!before.present) {
      return cause;
    }
    if (before.state instanceof ContainerState.Terminated) {
      cell.set(before);
      cause = Cause.STATE_KEPT;
    } else {
      cell.restartCount = before.restartCount;
      cell.lastState = before.lastState;
      cell.lastAlsoWaiting = before.lastAlsoWaiting;
    }
    if (restartAll && !(before.state instanceof ContainerState.Waiting)) {
      cell.state = RESTARTING_WAITING;
      endLast(cell, RESTARTING_LAST);
      cell.restartCount = before.restartCount + 1;
      return Cause.STATE_RESTARTING_ALL;
    }
    if (before.state instanceof ContainerState.Running
        && !(cell.lastState instanceof ContainerState.Terminated)) {
      endLast(cell, LOST_RUNNING_STATE);
      if (!pod.meta.deleting()) {
        cell.restartCount++;
      }
      return Cause.STATE_LOST;
    }
    return cause;
  }

  /** Puts the end of a lost container into its last state, beside a Waiting that may be there. */
  private static void endLast(StatusCell cell, ContainerState end) {
    cell.lastAlsoWaiting |= cell.lastState instanceof ContainerState.Waiting;
    cell.lastState = end;
  }

  /** Rules L-525, L-531, L-536 a. */
  private static Cause fromRecord(
      Profile profile,
      ContainerRecord record,
      StatusCell before,
      boolean restartAll,
      StatusCell cell) {
    return switch (record.state()) {
      case RUNNING -> {
        cell.state = record.observed;
        if (profile.restartAllContainers()
            && before.state instanceof ContainerState.Terminated
            && before.restartCount >= record.restartCount) {
          cell.restartCount = before.restartCount + 1;
        }
        yield Cause.STATE_RUNNING;
      }
      case CREATED -> {
        cell.state = record.observed;
        yield Cause.STATE_CREATED;
      }
      case EXITED -> {
        cell.state = record.observed;
        yield Cause.STATE_EXITED;
      }
      case UNKNOWN -> {
        if (before.state instanceof ContainerState.Running) {
          cell.state = restartAll ? LOST_RESTARTING : LOST_STATE;
          cell.restartCount = before.restartCount + 1;
        } else {
          cell.state = NO_REASON;
        }
        yield Cause.STATE_UNKNOWN;
      }
    };
  }

  private static ContainerState olderState(
      ContainerRecord older, StatusCell before, boolean restartAll) {
    if (older.state() != RecordState.UNKNOWN) {
      return older.observed;
    }
    if (before.state instanceof ContainerState.Running) {
      return restartAll ? LOST_RESTARTING : LOST_STATE;
    }
    return NO_REASON;
  }

  /**
   * Rules L-522, L-524, L-537: what a start that failed, or an unseen completion, makes of the
   * state.
   */
  private static void overlay(
      Profile profile,
      PodState pod,
      int c,
      boolean appCreated,
      StatusCell cell,
      StatusCauses causes) {
    PodShape shape = pod.shape;
    ContainerSlot slot = pod.slots[c];
    ContainerRecord record = slot.newest;
    if (c < shape.appStart) {
      if (record != null && record.state() == RecordState.EXITED && record.exitCode() == 0) {
        return;
      }
      if (record == null
          && appCreated
          && (profile.unseenInitCompleted() || shape.hasSidecar)
          && shape.role(c) == ContainerRole.REGULAR_INIT
          && cell.state instanceof ContainerState.Waiting) {
        cell.state = COMPLETED_STATE;
        causes.state(c, Cause.STATE_COMPLETED_UNSEEN);
        return;
      }
    }
    if (slot.startError().isEmpty() || !restarts(profile, pod, c)) {
      return;
    }
    if (cell.state instanceof ContainerState.Terminated) {
      cell.lastState = cell.state;
      cell.lastAlsoWaiting = false;
    }
    cell.state = waiting(slot, cell);
    causes.state(c, Cause.STATE_START_FAILED);
  }

  /**
   * Reuses the state shown before where it says the same, so that a quiet pass makes no garbage.
   */
  private static ContainerState waiting(ContainerSlot slot, StatusCell cell) {
    if (slot.status().state instanceof ContainerState.Waiting before
        && before.reason().equals(slot.startError())
        && before.message().equals(slot.startErrorMessage())) {
      return before;
    }
    return new ContainerState.Waiting(slot.startError(), slot.startErrorMessage());
  }

  /** Before 1.35 the pod's policy alone decides, for sidecars too (L-524). */
  private static boolean restarts(Profile profile, PodState pod, int c) {
    if (profile.containerRestartRules()
        || !pod.shape.isSidecar(c)
        || pod.slots[c].newest == null
        || pod.slots[c].newest.state() != RecordState.EXITED) {
      return RestartRules.shouldRestart(profile, pod, c);
    }
    return !pod.meta.deleting()
        && RestartRules.byPolicy(pod.shape.spec.restartPolicy(), pod.slots[c].newest.exitCode());
  }

  /** Rule L-305: all containers are to be restarted. */
  public static boolean restartAllWanted(Profile profile, PodState pod) {
    if (!profile.restartAllContainers()) {
      return false;
    }
    if (pod.isTrue(OwnedCondition.ALL_RESTARTING)) {
      return true;
    }
    if (!pod.shape.hasRestartAllRule) {
      return false;
    }
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      ContainerRecord record = pod.slots[c].newest;
      if (record == null || record.state() != RecordState.EXITED) {
        continue;
      }
      if (RestartRules.matchesRestartAll(profile, pod.shape.container(c), record.exitCode())
          || (pod.slots[c].status().state instanceof ContainerState.Terminated shown
              && RestartRules.matchesRestartAll(
                  profile, pod.shape.container(c), shown.exitCode()))) {
        return true;
      }
    }
    return false;
  }
}
