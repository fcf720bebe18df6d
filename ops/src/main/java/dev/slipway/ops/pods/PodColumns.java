package dev.slipway.ops.pods;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import java.util.List;

/**
 * What kubectl shows of a pod in a list (pkg/printers/internalversion/printers.go printPod,
 * 1.37.2).
 */
final class PodColumns {
  private static final String INITIALIZING = "PodInitializing";
  private static final String NODE_LOST = "NodeLost";

  private final Pod pod;
  private String text;
  private int readyContainers;
  private int restarts;
  private int sidecarRestarts;
  private long lastRestart = Times.NONE;
  private long lastSidecarRestart = Times.NONE;

  private PodColumns(Pod pod) {
    this.pod = pod;
    PodPhase phase = pod.status().phase();
    String reason = pod.status().reason();
    this.text = reason.isEmpty() ? (phase == null ? PodPhase.PENDING : phase).text() : reason;
  }

  /** The columns of a pod as it is in the API. */
  static PodLine of(Pod pod) {
    PodColumns columns = new PodColumns(pod);
    columns.work();
    return columns.line();
  }

  private void work() {
    PodStatus status = pod.status();
    for (var condition : status.conditions()) {
      if (condition.type().equals("PodScheduled") && condition.reason().equals("SchedulingGated")) {
        text = "SchedulingGated";
      }
    }
    if (!initializing() || isTrue("Initialized")) {
      restarts = sidecarRestarts;
      lastRestart = lastSidecarRestart;
      apps(status.containerStatuses());
    }
    if (pod.metadata().deleting() && status.reason().equals(NODE_LOST)) {
      text = "Unknown";
    } else if (pod.metadata().deleting() && !terminal()) {
      text = "Terminating";
    }
  }

  private boolean terminal() {
    PodPhase phase = pod.status().phase();
    return phase != null && phase.terminal();
  }

  private boolean initializing() {
    List<ContainerStatus> statuses = pod.status().initContainerStatuses();
    for (int i = 0; i < statuses.size(); i++) {
      ContainerStatus status = statuses.get(i);
      boolean sidecar = sidecar(status.name());
      restarts += status.restartCount();
      lastRestart = Math.max(lastRestart, finished(status.lastState()));
      if (sidecar) {
        sidecarRestarts += status.restartCount();
        lastSidecarRestart = Math.max(lastSidecarRestart, finished(status.lastState()));
      }
      boolean passed = status.state() instanceof ContainerState.Terminated t && t.exitCode() == 0;
      if (passed) {
        continue;
      }
      if (sidecar && Boolean.TRUE.equals(status.started())) {
        readyContainers += status.ready() ? 1 : 0;
        continue;
      }
      text = initText(status.state(), i);
      return true;
    }
    return false;
  }

  private String initText(ContainerState state, int index) {
    return switch (state) {
      case ContainerState.Terminated t ->
          t.reason().isEmpty() ? "Init:ExitCode:" + t.exitCode() : "Init:" + t.reason();
      case ContainerState.Waiting w
          when !w.reason().isEmpty() && !w.reason().equals(INITIALIZING) ->
          "Init:" + w.reason();
      case ContainerState.Waiting _, ContainerState.Running _, ContainerState.None _ ->
          "Init:" + index + "/" + pod.spec().initContainers().size();
    };
  }

  private void apps(List<ContainerStatus> statuses) {
    boolean running = false;
    String failed = "";
    for (int i = statuses.size() - 1; i >= 0; i--) {
      ContainerStatus status = statuses.get(i);
      restarts += status.restartCount();
      lastRestart = Math.max(lastRestart, finished(status.lastState()));
      switch (status.state()) {
        case ContainerState.Waiting w -> text = w.reason().isEmpty() ? text : w.reason();
        case ContainerState.Terminated t -> {
          text = t.reason().isEmpty() ? "ExitCode:" + t.exitCode() : t.reason();
          failed = t.exitCode() == 0 ? failed : text;
        }
        case ContainerState.Running _ -> {
          running |= status.ready();
          readyContainers += status.ready() ? 1 : 0;
        }
        case ContainerState.None _ -> {}
      }
    }
    if (!text.equals("Completed")) {
      return;
    }
    if (running && isTrue("Ready")) {
      text = "Running";
    } else if (!failed.isEmpty()) {
      text = failed;
    } else if (running) {
      text = "NotReady";
    }
  }

  private static long finished(ContainerState last) {
    return last instanceof ContainerState.Terminated t ? t.finishedAt() : Times.NONE;
  }

  private boolean isTrue(String condition) {
    return pod.status().conditions().stream()
        .anyMatch(c -> c.type().equals(condition) && c.status() == ConditionStatus.TRUE);
  }

  private boolean sidecar(String name) {
    return pod.spec().initContainers().stream()
        .anyMatch(c -> c.name().equals(name) && isSidecar(c));
  }

  private static boolean isSidecar(ContainerSpec container) {
    return container.restartPolicy() == RestartPolicy.ALWAYS;
  }

  private PodLine line() {
    long sidecars = pod.spec().initContainers().stream().filter(PodColumns::isSidecar).count();
    PodPhase phase = pod.status().phase();
    return new PodLine(
        pod.metadata().namespace(),
        pod.metadata().name(),
        pod.metadata().uid(),
        owner(pod.metadata()),
        phase == null ? PodPhase.PENDING : phase,
        isTrue("Ready"),
        readyContainers,
        pod.spec().containers().size() + (int) sidecars,
        text,
        restarts,
        lastRestart,
        pod.metadata().creationTimestamp(),
        pod.status().podIP(),
        pod.spec().nodeName());
  }

  /** Kind and name of the controller, Pod if there is none. */
  static String owner(ObjectMeta meta) {
    return meta.ownerReferences().stream()
        .filter(reference -> reference.controller())
        .map(reference -> reference.kind() + "/" + reference.name())
        .findFirst()
        .orElse("Pod");
  }
}
