package dev.slipway.engine.status;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.OwnedCondition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the node writes over a status in the API (rules L-456, L-600, L-610, L-615;
 * pkg/kubelet/status/status_manager.go mergePodStatus, 1.37.2).
 */
public final class MergeRules {
  private MergeRules() {}

  /**
   * Merges.
   *
   * @param old the status in the API
   * @param computed the status cached by the node
   * @param couldRun containers of the pod may still run
   * @param generation of the pod, for conditions written here
   */
  public static PodStatus merge(
      PodStatus old, PodStatus computed, boolean couldRun, long generation, long now) {
    boolean ends = ends(old.phase(), computed.phase());
    boolean withheld = ends && couldRun;
    PodPhase phase = withheld ? old.phase() : computed.phase();
    List<PodCondition> conditions = conditions(old, computed, ends && !couldRun, now);
    if (phase != null && terminal(phase) && anyReady(conditions)) {
      notReady(OwnedCondition.CONTAINERS_READY, phase, generation, now, conditions);
      notReady(OwnedCondition.READY, phase, generation, now, conditions);
    }
    return new PodStatus(
        phase,
        withheld ? old.reason() : computed.reason(),
        withheld ? old.message() : computed.message(),
        computed.startTime(),
        computed.podIP(),
        computed.qosClass(),
        computed.observedGeneration(),
        conditions,
        computed.initContainerStatuses(),
        computed.containerStatuses(),
        computed.ephemeralContainerStatuses(),
        computed.resources(),
        computed.allocatedResources());
  }

  /** The pod ends with this status. Rule L-456: not in the API while containers may still run. */
  static boolean ends(@Nullable PodPhase old, @Nullable PodPhase computed) {
    return terminal(computed) && !terminal(old);
  }

  /** Rule L-615: why a pod that has ended is not ready. */
  static String endReason(@Nullable PodPhase phase) {
    return phase == PodPhase.SUCCEEDED ? "PodCompleted" : "PodFailed";
  }

  private static boolean terminal(@Nullable PodPhase phase) {
    return phase != null && phase.terminal();
  }

  /** Conditions of others as they are in the API, the node's own as computed. */
  private static List<PodCondition> conditions(
      PodStatus old, PodStatus computed, boolean endsNow, long now) {
    List<PodCondition> conditions = new ArrayList<>();
    for (PodCondition condition : old.conditions()) {
      if (!OwnedCondition.ownsAlone(condition)) {
        conditions.add(condition);
      }
    }
    for (PodCondition condition : computed.conditions()) {
      if (OwnedCondition.ownsAlone(condition)) {
        conditions.add(condition);
      } else if (endsNow && condition.type().equals(OwnedCondition.DISRUPTION_TARGET.type())) {
        update(condition, now, conditions);
      }
    }
    return conditions;
  }

  private static boolean anyReady(List<PodCondition> conditions) {
    for (PodCondition condition : conditions) {
      if (condition.status() == ConditionStatus.TRUE
          && (condition.type().equals(OwnedCondition.READY.type())
              || condition.type().equals(OwnedCondition.CONTAINERS_READY.type()))) {
        return true;
      }
    }
    return false;
  }

  /** Rule L-615. */
  private static void notReady(
      OwnedCondition which,
      PodPhase phase,
      long generation,
      long now,
      List<PodCondition> conditions) {
    update(
        new PodCondition(
            which.type(),
            ConditionStatus.FALSE,
            endReason(phase),
            "",
            generation,
            Times.NONE,
            Times.NONE),
        now,
        conditions);
  }

  /** Puts the condition in its place; its transition is now unless the status stays (L-611). */
  private static void update(PodCondition condition, long now, List<PodCondition> conditions) {
    for (int k = 0; k < conditions.size(); k++) {
      PodCondition before = conditions.get(k);
      if (before.type().equals(condition.type())) {
        boolean same = before.status() == condition.status();
        conditions.set(k, at(condition, same ? before.lastTransitionTime() : now));
        return;
      }
    }
    conditions.add(at(condition, now));
  }

  private static PodCondition at(PodCondition c, long transition) {
    return new PodCondition(
        c.type(),
        c.status(),
        c.reason(),
        c.message(),
        c.observedGeneration(),
        transition,
        c.lastProbeTime());
  }
}
