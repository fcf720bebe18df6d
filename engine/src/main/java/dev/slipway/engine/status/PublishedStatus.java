package dev.slipway.engine.status;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.ConditionValue;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.Sandbox;
import dev.slipway.engine.state.StatusCell;
import java.util.ArrayList;
import java.util.List;

/**
 * The status of a pod as the API shows it: the cached one, merged as the node merges it (rules
 * L-456, L-600, L-615).
 */
public final class PublishedStatus {
  private PublishedStatus() {}

  /** A copy of the status in the API, after the last publication. */
  public static PodStatus of(PodState pod) {
    List<ContainerStatus> init = new ArrayList<>();
    List<ContainerStatus> app = new ArrayList<>();
    List<ContainerStatus> ephemeral = new ArrayList<>();
    for (int place = 0; place < pod.shape.count; place++) {
      int c = pod.shape.statusOrder(place);
      StatusCell cell = pod.slots[c].status;
      if (cell.present) {
        (c < pod.shape.appStart ? init : c < pod.shape.ephemeralStart ? app : ephemeral)
            .add(container(pod, c, cell));
      }
    }
    Sandbox sandbox = pod.sandbox;
    String ip = sandbox == null || sandbox.ip == null ? "" : sandbox.ip;
    return new PodStatus(
        pod.apiPhase,
        pod.apiReason,
        pod.apiMessage,
        Times.truncateToSecond(pod.startTime),
        ip,
        "",
        pod.meta.generation(),
        conditions(pod),
        init,
        app,
        ephemeral);
  }

  private static ContainerStatus container(PodState pod, int c, StatusCell cell) {
    ContainerSpec spec = pod.shape.container(c);
    ContainerRecord record = pod.slots[c].record(cell.recordId);
    return new ContainerStatus(
        spec.name(),
        cell.state,
        cell.lastState,
        cell.ready,
        cell.restartCount,
        cell.image.isEmpty() ? spec.image() : cell.image,
        "",
        record == null ? "" : ContainerIds.text(pod, record.id),
        cell.started == StatusCell.STARTED_ABSENT ? null : Boolean.valueOf(cell.started == 1));
  }

  private static List<PodCondition> conditions(PodState pod) {
    List<PodCondition> list = new ArrayList<>(pod.foreign);
    boolean terminal = pod.apiPhase != null && pod.apiPhase.terminal();
    for (int k = 0; k < OwnedCondition.count(); k++) {
      ConditionValue value = pod.conditions[k];
      OwnedCondition which = OwnedCondition.at(k);
      if (value == null || (which == OwnedCondition.DISRUPTION_TARGET && !pod.apiDisruption)) {
        continue;
      }
      boolean corrected =
          terminal
              && value.isTrue()
              && (which == OwnedCondition.READY || which == OwnedCondition.CONTAINERS_READY);
      list.add(condition(pod, which, corrected ? ended(pod, value) : value));
    }
    return list;
  }

  private static ConditionValue ended(PodState pod, ConditionValue value) {
    String reason = pod.apiPhase == PodPhase.SUCCEEDED ? "PodCompleted" : "PodFailed";
    return new ConditionValue(ConditionStatus.FALSE, reason, "", value.observedGeneration());
  }

  private static PodCondition condition(PodState pod, OwnedCondition which, ConditionValue value) {
    return new PodCondition(
        which.type(),
        value.status(),
        value.reason(),
        value.message(),
        value.observedGeneration(),
        Times.truncateToSecond(pod.since[which.ordinal()]),
        Times.NONE);
  }
}
