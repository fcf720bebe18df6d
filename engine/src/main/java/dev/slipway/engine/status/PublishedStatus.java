package dev.slipway.engine.status;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosRules;
import dev.slipway.engine.state.ConditionValue;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.Sandbox;
import dev.slipway.engine.state.StatusCell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The status of a pod as the API shows it: the cached one, merged as the node merges it (rules
 * L-456, L-600, L-615).
 */
public final class PublishedStatus {
  private PublishedStatus() {}

  /** A copy of the status in the API, after the last publication. */
  public static PodStatus of(PodState pod) {
    return status(
        pod,
        pod.apiPhase,
        pod.apiReason,
        pod.apiMessage,
        c -> pod.slots[c].status(),
        shownConditions(pod));
  }

  /** The status cached by the node, whether or not the API has been told. */
  public static PodStatus cached(PodState pod) {
    return status(
        pod, pod.phase, pod.reason, pod.message, c -> pod.slots[c].status(), cachedConditions(pod));
  }

  /** A status that was computed and not cached: its own conditions have no times yet. */
  static PodStatus drafted(PodState pod, StatusDraft draft) {
    long[] since = new long[OwnedCondition.count()];
    Arrays.fill(since, Times.NONE);
    int disruption = OwnedCondition.DISRUPTION_TARGET.ordinal();
    since[disruption] = pod.since(OwnedCondition.DISRUPTION_TARGET);
    return status(
        pod,
        draft.phase,
        draft.reason,
        draft.message,
        c -> draft.cells[c],
        ConditionList.of(pod, draft.conditions, since));
  }

  private static PodStatus status(
      PodState pod,
      @Nullable PodPhase phase,
      String reason,
      String message,
      IntFunction<StatusCell> cells,
      List<PodCondition> conditions) {
    List<ContainerStatus> init = new ArrayList<>();
    List<ContainerStatus> app = new ArrayList<>();
    List<ContainerStatus> ephemeral = new ArrayList<>();
    for (int place = 0; place < pod.shape.count; place++) {
      int c = pod.shape.statusOrder(place);
      StatusCell cell = cells.apply(c);
      if (cell.present) {
        (c < pod.shape.appStart ? init : c < pod.shape.ephemeralStart ? app : ephemeral)
            .add(container(pod, c, cell));
      }
    }
    return new PodStatus(
        phase,
        reason,
        message,
        Times.truncateToSecond(pod.startTime),
        ip(pod),
        QosRules.compute(PodResources.of(pod.shape.spec)).text(),
        pod.generation(),
        conditions,
        init,
        app,
        ephemeral);
  }

  /** The address of the newest sandbox while it is READY (kuberuntime_manager.go GetPodStatus). */
  private static String ip(PodState pod) {
    Sandbox sandbox = pod.sandbox;
    return sandbox == null || !sandbox.ready || sandbox.ip == null ? "" : sandbox.ip;
  }

  private static ContainerStatus container(PodState pod, int c, StatusCell cell) {
    ContainerSpec spec = pod.shape.container(c);
    return new ContainerStatus(
        spec.name(),
        ContainerIds.shown(pod, cell.state),
        ContainerIds.shown(pod, cell.lastState),
        cell.ready,
        cell.restartCount,
        cell.image.isEmpty() ? spec.image() : cell.image,
        cell.imageId,
        cell.recordId == 0 ? "" : ContainerIds.text(pod, cell.recordId),
        cell.started == StatusCell.STARTED_ABSENT ? null : Boolean.valueOf(cell.started == 1),
        cell.resources,
        cell.resources.requests(),
        cell.lastAlsoWaiting);
  }

  /** What of the cached conditions the API shows (rules L-456, L-615). */
  private static List<PodCondition> shownConditions(PodState pod) {
    @Nullable ConditionValue[] shown = new ConditionValue[OwnedCondition.count()];
    long[] since = new long[shown.length];
    pod.conditions(shown, since);
    if (!pod.apiDisruption) {
      shown[OwnedCondition.DISRUPTION_TARGET.ordinal()] = null;
    }
    if (pod.apiPhase != null
        && pod.apiPhase.terminal()
        && (pod.isTrue(OwnedCondition.READY) || pod.isTrue(OwnedCondition.CONTAINERS_READY))) {
      end(pod, shown, OwnedCondition.READY);
      end(pod, shown, OwnedCondition.CONTAINERS_READY);
    }
    return ConditionList.of(pod, shown, since);
  }

  private static List<PodCondition> cachedConditions(PodState pod) {
    @Nullable ConditionValue[] values = new ConditionValue[OwnedCondition.count()];
    long[] since = new long[values.length];
    pod.conditions(values, since);
    return ConditionList.of(pod, values, since);
  }

  private static void end(PodState pod, @Nullable ConditionValue[] shown, OwnedCondition which) {
    shown[which.ordinal()] =
        new ConditionValue(
            ConditionStatus.FALSE, MergeRules.endReason(pod.apiPhase), "", pod.generation());
  }
}
