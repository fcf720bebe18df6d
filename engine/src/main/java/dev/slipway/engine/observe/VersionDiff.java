package dev.slipway.engine.observe;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.ObservedTransition.Scope;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodState.Worker;
import dev.slipway.engine.state.PodTransition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Derives what one version of a pod changed, notes it in the pod and tells the sink, in order. */
final class VersionDiff {
  private static final String NONE = "-";
  private static final OwnedCondition[] CONDITIONS = OwnedCondition.values();
  private static final String[] VALUES = {NONE, "False", "Unknown", "True"};

  private final ObservedPod pod;
  private final ObserveSettings settings;
  private final ObserveSink sink;

  VersionDiff(ObservedPod pod, ObserveSettings settings, ObserveSink sink) {
    this.pod = pod;
    this.settings = settings;
    this.sink = sink;
  }

  void apply(Pod version) {
    PodStatus status = version.status();
    boolean wasReady = pod.readyAt != Times.NONE;
    node(version.spec().nodeName());
    if (pod.startTime == Times.NONE) {
      pod.startTime = status.startTime();
    }
    containers(status);
    deletion(version.metadata());
    conditions(status.conditions());
    phase(status);
    if (!wasReady && pod.readyAt != Times.NONE && pod.fromStart) {
      sink.readyFirst(pod);
    }
  }

  private void node(String node) {
    if (!node.equals(pod.node)) {
      sink.transition(
          pod,
          ObservedTransition.changed(
              Scope.POD, "node", pod.node.isEmpty() ? NONE : pod.node, node, Times.NONE, ""));
      pod.node = node;
    }
  }

  private void containers(PodStatus status) {
    for (int c = 0; c < pod.containers.length; c++) {
      List<ContainerStatus> list =
          c < pod.spec.appStart() ? status.initContainerStatuses() : status.containerStatuses();
      ContainerStatus found = find(list, pod.containerName(c));
      if (found != null) {
        new ContainerDiff(pod, c, settings, sink).apply(found);
      }
    }
  }

  private static @Nullable ContainerStatus find(List<ContainerStatus> list, String name) {
    for (ContainerStatus status : list) {
      if (status.name().equals(name)) {
        return status;
      }
    }
    return null;
  }

  private void deletion(ObjectMeta meta) {
    if (!meta.deleting()) {
      return;
    }
    long end = meta.deletionTimestamp();
    Long grace = meta.deletionGracePeriodSeconds();
    long asked = end - (grace == null ? 0 : grace) * Times.SECOND;
    if (pod.askedAt == Times.NONE) {
      pod.askedAt = asked;
      pod.graceEndMin = end;
      pod.graceEndMax = end;
      pod.settledWhenAsked = settled();
    }
    pod.graceEndMin = Math.min(pod.graceEndMin, end);
    pod.graceEndMax = Math.max(pod.graceEndMax, end);
    if (pod.worker == Worker.SYNCING) {
      move(PodTransition.DELETED, asked, "");
    }
  }

  private boolean settled() {
    for (int c = 0; c < pod.containers.length; c++) {
      ObservedContainer container = pod.containers[c];
      if (!pod.spec.isRegularInit(c) && !container.running() && !container.terminated()) {
        return false;
      }
    }
    return true;
  }

  private void move(PodTransition transition, long at, String reason) {
    pod.worker = transition.after();
    sink.transition(pod, ObservedTransition.of(transition, at, reason));
  }

  private void conditions(List<PodCondition> next) {
    for (OwnedCondition type : CONDITIONS) {
      PodCondition found = condition(next, type.type());
      int value = found == null ? 0 : valueOf(found.status());
      int before = pod.condition(type);
      if (value != before) {
        long at = found == null ? Times.NONE : found.lastTransitionTime();
        String reason = found == null ? "" : found.reason();
        pod.condition(type, value);
        if (value == 3) {
          firstTrue(type, at);
        }
        sink.transition(
            pod,
            ObservedTransition.changed(
                Scope.CONDITION, type.type(), VALUES[before], VALUES[value], at, reason));
      }
    }
  }

  private void firstTrue(OwnedCondition type, long at) {
    switch (type) {
      case SCHEDULED -> pod.scheduledAt = pod.scheduledAt == Times.NONE ? at : pod.scheduledAt;
      case READY_TO_START -> pod.sandboxAt = pod.sandboxAt == Times.NONE ? at : pod.sandboxAt;
      case INITIALIZED ->
          pod.initializedAt = pod.initializedAt == Times.NONE ? at : pod.initializedAt;
      case READY -> pod.readyAt = pod.readyAt == Times.NONE ? at : pod.readyAt;
      case CONTAINERS_READY,
          DISRUPTION_TARGET,
          ALL_RESTARTING,
          RESIZE_PENDING,
          RESIZE_IN_PROGRESS -> {}
    }
  }

  private static @Nullable PodCondition condition(List<PodCondition> list, String type) {
    for (PodCondition condition : list) {
      if (condition.type().equals(type)) {
        return condition;
      }
    }
    return null;
  }

  private static int valueOf(ConditionStatus status) {
    return switch (status) {
      case FALSE -> 1;
      case UNKNOWN -> 2;
      case TRUE -> 3;
    };
  }

  private void phase(PodStatus status) {
    PodPhase next = status.phase();
    if (next == null || next.ordinal() == pod.phase) {
      return;
    }
    String before = pod.phase < 0 ? NONE : pod.phase().text();
    pod.phase = (byte) next.ordinal();
    sink.transition(
        pod,
        ObservedTransition.changed(
            Scope.PHASE, "", before, next.text(), Times.NONE, status.reason()));
    if (next.terminal() && pod.worker == Worker.SYNCING) {
      move(PodTransition.ENDED, Times.NONE, status.reason());
    }
  }
}
