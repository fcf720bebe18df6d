package dev.slipway.engine.status;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ConditionValue;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.StatusCell;
import dev.slipway.engine.why.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pod conditions a node writes (rules L-601 to L-606, L-630; pkg/kubelet/status/generate.go,
 * 1.37.2). Each is a function of shape, statuses and phase; a value that says what the one before
 * said is that one again.
 */
public final class ConditionRules {
  private static final String UNKNOWN_STATUSES = "UnknownContainerStatuses";

  private ConditionRules() {}

  /** Rule L-602. */
  public static ConditionValue readyToStart(Profile profile, PodState pod, StatusCauses causes) {
    String why = SandboxRules.why(pod);
    Cause cause =
        why == null
            ? Cause.TO_START_READY
            : pod.sandbox == null ? Cause.TO_START_NO_SANDBOX : Cause.TO_START_BAD_SANDBOX;
    causes.condition(OwnedCondition.READY_TO_START, cause);
    long generation = pod.generation();
    if (why == null) {
      return ConditionValue.plain(true, generation);
    }
    if (!profile.sandboxReasons()) {
      return ConditionValue.plain(false, generation);
    }
    return value(
        pod.condition(OwnedCondition.READY_TO_START),
        ConditionStatus.FALSE,
        "PodSandboxNotReady",
        why,
        generation);
  }

  /** Rule L-603. */
  public static ConditionValue initialized(
      Profile profile,
      PodState pod,
      StatusCell[] cells,
      boolean noStatuses,
      PodPhase phase,
      StatusCauses causes) {
    ConditionValue before = pod.condition(OwnedCondition.INITIALIZED);
    long generation = pod.generation();
    PodShape shape = pod.shape;
    if (noStatuses && shape.appStart > 0) {
      causes.condition(OwnedCondition.INITIALIZED, Cause.NO_STATUSES);
      return value(before, ConditionStatus.FALSE, UNKNOWN_STATUSES, "", generation);
    }
    boolean unknown = false;
    int incomplete = 0;
    int first = -1;
    for (int c = 0; c < shape.appStart; c++) {
      unknown |= !cells[c].present;
      if (!cells[c].present || incomplete(shape, c, cells[c])) {
        first = first < 0 ? c : first;
        incomplete++;
      }
    }
    if (phase == PodPhase.SUCCEEDED && !unknown) {
      causes.condition(OwnedCondition.INITIALIZED, Cause.INITIALIZED_COMPLETED);
      return value(before, ConditionStatus.TRUE, "PodCompleted", "", generation);
    }
    int ran = appThatHasRun(shape, cells);
    boolean stays = profile.restartAllContainers() && before != null && before.isTrue();
    if (ran >= 0 || incomplete == 0 || stays) {
      Cause cause =
          ran >= 0
              ? Cause.INITIALIZED_APP_RAN
              : incomplete == 0 ? Cause.INITIALIZED_COMPLETE : Cause.INITIALIZED_STAYS;
      causes.condition(OwnedCondition.INITIALIZED, cause, ran, 0);
      return ConditionValue.plain(true, generation);
    }
    causes.condition(OwnedCondition.INITIALIZED, Cause.INITIALIZED_NOT, first, incomplete - 1);
    return value(
        before,
        ConditionStatus.FALSE,
        "ContainersNotInitialized",
        Names.message(shape, cells, Names.Kind.INCOMPLETE),
        generation);
  }

  static boolean incomplete(PodShape shape, int c, StatusCell cell) {
    return shape.isSidecar(c) ? cell.started != 1 : !cell.ready;
  }

  private static int appThatHasRun(PodShape shape, StatusCell[] cells) {
    for (int c = shape.appStart; c < shape.ephemeralStart; c++) {
      if (cells[c].state instanceof ContainerState.Running
          || cells[c].state instanceof ContainerState.Terminated) {
        return c;
      }
    }
    return -1;
  }

  /** Rule L-604. */
  public static ConditionValue containersReady(
      PodState pod, StatusCell[] cells, boolean noStatuses, PodPhase phase, StatusCauses causes) {
    ConditionValue before = pod.condition(OwnedCondition.CONTAINERS_READY);
    long generation = pod.generation();
    PodShape shape = pod.shape;
    if (noStatuses) {
      causes.condition(OwnedCondition.CONTAINERS_READY, Cause.READY_NO_STATUSES);
      return value(before, ConditionStatus.FALSE, UNKNOWN_STATUSES, "", generation);
    }
    boolean unknown = false;
    int unready = 0;
    int first = -1;
    for (int c = 0; c < shape.ephemeralStart; c++) {
      if (shape.mayHaveProbes(c)) {
        unknown |= !cells[c].present;
        if (!cells[c].present || !cells[c].ready) {
          first = first < 0 ? c : first;
          unready++;
        }
      }
    }
    if (phase == PodPhase.SUCCEEDED && !unknown) {
      causes.condition(OwnedCondition.CONTAINERS_READY, Cause.READY_POD_SUCCEEDED);
      return value(before, ConditionStatus.FALSE, "PodCompleted", "", generation);
    }
    if (phase == PodPhase.FAILED) {
      causes.condition(OwnedCondition.CONTAINERS_READY, Cause.READY_POD_FAILED);
      return value(before, ConditionStatus.FALSE, "PodFailed", "", generation);
    }
    if (unready > 0) {
      causes.condition(OwnedCondition.CONTAINERS_READY, Cause.NOT_READY, first, unready - 1);
      return value(
          before,
          ConditionStatus.FALSE,
          "ContainersNotReady",
          Names.message(shape, cells, Names.Kind.UNREADY),
          generation);
    }
    causes.condition(OwnedCondition.CONTAINERS_READY, Cause.ALL_READY);
    return ConditionValue.plain(true, generation);
  }

  /** Rule L-605; gates are looked for among the conditions of other owners (L-606). */
  public static ConditionValue ready(
      PodState pod, ConditionValue containersReady, StatusCauses causes) {
    causes.condition(OwnedCondition.READY, Cause.READY_LIKE_CONTAINERS);
    List<String> gates = pod.shape.spec.readinessGates();
    if (!containersReady.isTrue() || gates.isEmpty()) {
      return containersReady;
    }
    StringBuilder missing = new StringBuilder();
    for (String gate : gates) {
      String problem = gateProblem(pod, gate);
      if (problem != null) {
        missing.append(missing.isEmpty() ? "" : ", ").append(problem);
      }
    }
    if (missing.isEmpty()) {
      return containersReady;
    }
    causes.condition(OwnedCondition.READY, Cause.READY_GATES);
    return value(
        pod.condition(OwnedCondition.READY),
        ConditionStatus.FALSE,
        "ReadinessGatesNotReady",
        missing.toString(),
        pod.generation());
  }

  private static @Nullable String gateProblem(PodState pod, String gate) {
    for (PodCondition condition : pod.foreign) {
      if (condition.type().equals(gate)) {
        return condition.status() == ConditionStatus.TRUE
            ? null
            : "the status of pod readiness gate \""
                + gate
                + "\" is not \"True\", but "
                + condition.status().text();
      }
    }
    return "corresponding condition of pod readiness gate \"" + gate + "\" does not exist.";
  }

  /** Rule L-630. */
  public static ConditionValue allRestarting(
      PodState pod, boolean wanted, PodPhase phase, StatusCauses causes) {
    causes.condition(OwnedCondition.ALL_RESTARTING, Cause.RESTART_ALL_POD_ENDED);
    ConditionValue before = pod.condition(OwnedCondition.ALL_RESTARTING);
    if (phase == PodPhase.SUCCEEDED) {
      return value(before, ConditionStatus.FALSE, "PodCompleted", "", 0);
    }
    if (phase == PodPhase.FAILED) {
      return value(before, ConditionStatus.FALSE, "PodFailed", "", 0);
    }
    if (!wanted || noRecords(pod)) {
      causes.condition(OwnedCondition.ALL_RESTARTING, Cause.RESTART_ALL_NOT_WANTED);
      return ConditionValue.plain(false, 0);
    }
    causes.condition(OwnedCondition.ALL_RESTARTING, Cause.RESTART_ALL_WANTED);
    return value(
        before,
        ConditionStatus.TRUE,
        "RestartAllContainersStarted",
        "container exited with restart policy rule",
        0);
  }

  /**
   * No record of an app or init container is left: a restart of all has cleaned up (rule L-305).
   */
  public static boolean noRecords(PodState pod) {
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      if (pod.slots[c].newest != null) {
        return false;
      }
    }
    return true;
  }

  /** A value that says this: the one before if it does. */
  static ConditionValue value(
      @Nullable ConditionValue before,
      ConditionStatus status,
      String reason,
      String message,
      long generation) {
    if (before != null && before.says(status, reason, message, generation)) {
      return before;
    }
    return new ConditionValue(status, reason, message, generation);
  }
}
