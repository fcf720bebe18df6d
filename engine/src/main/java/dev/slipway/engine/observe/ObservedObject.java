package dev.slipway.engine.observe;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.OwnerReference;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.OwnedCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pod object that what is remembered of a pod still amounts to. */
final class ObservedObject {
  private static final OwnedCondition[] CONDITIONS = OwnedCondition.values();
  private static final ConditionStatus[] VALUES = {
    ConditionStatus.UNKNOWN, ConditionStatus.FALSE, ConditionStatus.UNKNOWN, ConditionStatus.TRUE
  };

  private ObservedObject() {}

  static Pod of(ObservedPod pod) {
    return new Pod(metadata(pod), spec(pod), status(pod));
  }

  private static ObjectMeta metadata(ObservedPod pod) {
    List<OwnerReference> owners =
        pod.ownerKind.isEmpty()
            ? List.of()
            : List.of(new OwnerReference("", pod.ownerKind, pod.ownerName, "", true));
    @Nullable Long grace = pod.deleting() ? (pod.graceEndMax - pod.askedAt) / Times.SECOND : null;
    return new ObjectMeta(
        pod.name,
        pod.namespace,
        pod.uid,
        0,
        pod.resourceVersion,
        Map.of(),
        Map.of(),
        owners,
        List.of(),
        pod.created,
        pod.deleting() ? pod.graceEndMax : Times.NONE,
        grace);
  }

  private static PodSpec spec(ObservedPod pod) {
    List<ContainerSpec> init = new ArrayList<>();
    List<ContainerSpec> app = new ArrayList<>();
    for (int c = 0; c < pod.containers.length; c++) {
      (pod.spec.isApp(c) ? app : init).add(container(pod.spec.containers().get(c)));
    }
    long deadline = pod.spec.deadlineSeconds();
    return new PodSpec(
        pod.spec.restartPolicy(),
        pod.spec.graceSeconds(),
        deadline == ObservedSpec.UNSET ? null : deadline,
        false,
        pod.node,
        pod.spec.readinessGates(),
        init,
        app,
        List.of(),
        null,
        Map.of(),
        null,
        "");
  }

  private static ContainerSpec container(ObservedSpec.Container c) {
    return new ContainerSpec(
        c.name(),
        "",
        ImagePullPolicy.IF_NOT_PRESENT,
        c.ownPolicy(),
        c.rules(),
        null,
        null,
        null,
        null,
        null,
        "",
        ResourceRequirements.NONE,
        List.of(),
        List.of());
  }

  private static PodStatus status(ObservedPod pod) {
    List<PodCondition> conditions = new ArrayList<>();
    for (OwnedCondition type : CONDITIONS) {
      int value = pod.condition(type);
      if (value != 0) {
        conditions.add(
            new PodCondition(type.type(), VALUES[value], "", "", 0, Times.NONE, Times.NONE));
      }
    }
    List<ContainerStatus> init = new ArrayList<>();
    List<ContainerStatus> app = new ArrayList<>();
    for (int c = 0; c < pod.containers.length; c++) {
      ObservedContainer container = pod.containers[c];
      if (container.state != ObservedContainer.NONE) {
        (pod.spec.isApp(c) ? app : init).add(status(pod.containerName(c), container));
      }
    }
    PodPhase phase = pod.phase();
    return new PodStatus(
        phase,
        "",
        "",
        pod.startTime,
        "",
        pod.spec.qos().text(),
        0,
        conditions,
        init,
        app,
        List.of());
  }

  private static ContainerStatus status(String name, ObservedContainer c) {
    ContainerState state =
        switch (c.state) {
          case ObservedContainer.RUNNING -> new ContainerState.Running(c.startedAt);
          case ObservedContainer.TERMINATED ->
              new ContainerState.Terminated(c.exitCode, c.reason, "", c.startedAt, c.lastEnd, "");
          default -> new ContainerState.Waiting(c.reason, "");
        };
    boolean ended = !c.terminated() && c.lastEnd != Times.NONE;
    return new ContainerStatus(
        name,
        state,
        ended
            ? new ContainerState.Terminated(c.lastExit, c.lastReason, "", Times.NONE, c.lastEnd, "")
            : ContainerState.NONE,
        c.ready,
        c.restarts,
        "",
        "",
        "",
        c.running() ? Boolean.TRUE : null);
  }
}
