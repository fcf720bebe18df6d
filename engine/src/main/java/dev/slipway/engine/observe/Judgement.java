package dev.slipway.engine.observe;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.state.OwnedCondition;
import java.util.ArrayList;
import java.util.List;

/** Holds a version that was just taken in against the rules. */
final class Judgement {
  /** A lost container keeps its ready flag when its end is made up (rule L-536 c). */
  private static final String LOST = "ContainerStatusUnknown";

  private final ObservedPod pod;
  private final ObserveSink sink;

  private Judgement(ObservedPod pod, ObserveSink sink) {
    this.pod = pod;
    this.sink = sink;
  }

  static void judge(ObservedPod pod, PodStatus status, ObserveSettings settings, ObserveSink sink) {
    var judgement = new Judgement(pod, sink);
    judgement.startOrder();
    new StopJudgement(pod, settings, sink).judge(status);
    judgement.readiness(status);
    judgement.qos(status);
  }

  // Rules L-112 to L-122: who may have started.

  private void startOrder() {
    if (pod.spec.appStart() == 0) {
      return;
    }
    for (int c = 1; c < pod.containers.length; c++) {
      ObservedContainer later = pod.containers[c];
      if (!pod.spec.isRegularInit(c) && later.running() && later.startedAt != Times.NONE) {
        for (int i = 0; i < Math.min(c, pod.spec.appStart()); i++) {
          startOrder(i, c);
        }
      }
    }
  }

  private void startOrder(int i, int c) {
    FindingKind kind =
        pod.spec.isApp(c) ? FindingKind.APP_BEFORE_INIT : FindingKind.SIDECAR_BEFORE_TURN;
    ObservedContainer first = pod.containers[i];
    ObservedContainer later = pod.containers[c];
    boolean early = pod.spec.isRegularInit(i) ? beforeItsEnd(first, later) : beforeIt(first, later);
    if (early && once(later, kind)) {
      sink.finding(
          pod,
          new Finding(
              kind,
              pod.containerName(c),
              later.startedAt,
              List.of(
                  Facts.time(pod.containerName(c) + " started at", later.startedAt),
                  Facts.text(pod.containerName(i), describe(first)))));
    }
  }

  /** Waiting for its first start shows only where the whole life was seen (rule L-537). */
  private boolean beforeItsEnd(ObservedContainer init, ObservedContainer later) {
    if (init.completed) {
      return init.terminated()
          && init.exitCode == 0
          && init.restarts == 0
          && init.lastEnd != Times.NONE
          && later.startedAt < init.lastEnd;
    }
    return init.running()
        || (init.terminated() && init.exitCode != 0 && init.lastEnd != Times.NONE)
        || (init.neverStarted() && init.state == ObservedContainer.WAITING && pod.fromStart);
  }

  private boolean beforeIt(ObservedContainer sidecar, ObservedContainer later) {
    if (sidecar.neverStarted()) {
      return sidecar.state == ObservedContainer.WAITING && pod.fromStart;
    }
    return sidecar.restarts == 0
        && sidecar.instance == 0
        && sidecar.startedAt != Times.NONE
        && later.startedAt < sidecar.startedAt;
  }

  private static String describe(ObservedContainer container) {
    return switch (container.state) {
      case ObservedContainer.RUNNING -> "running since " + Facts.time(container.startedAt);
      case ObservedContainer.TERMINATED ->
          "exited with " + container.exitCode + " at " + Facts.time(container.lastEnd);
      case ObservedContainer.WAITING ->
          "waiting" + (container.reason.isEmpty() ? "" : ": " + container.reason);
      default -> "no state";
    };
  }

  // Rules L-221, L-604, L-605.

  private void readiness(PodStatus status) {
    boolean hasStatuses = !status.containerStatuses().isEmpty();
    for (int c = 0; c < pod.containers.length; c++) {
      ObservedContainer container = pod.containers[c];
      boolean wrong =
          container.ready
              && !pod.spec.isRegularInit(c)
              && !container.running()
              && !container.reason.equals(LOST);
      if (wrong && once(container, FindingKind.CONTAINER_READY)) {
        sink.finding(
            pod,
            new Finding(
                FindingKind.CONTAINER_READY,
                pod.containerName(c),
                Times.NONE,
                List.of(Facts.text("ready", "true"), Facts.text("state", describe(container)))));
      } else if (!wrong) {
        container.found &= ~FindingKind.CONTAINER_READY.bit();
      }
    }
    List<Finding.Fact> facts = hasStatuses ? contradictions(status) : List.of();
    if (facts.isEmpty()) {
      pod.found &= ~FindingKind.READINESS.bit();
    } else if (once(FindingKind.READINESS)) {
      sink.finding(pod, new Finding(FindingKind.READINESS, "", Times.NONE, facts));
    }
  }

  private List<Finding.Fact> contradictions(PodStatus status) {
    List<Finding.Fact> facts = new ArrayList<>();
    if (pod.isTrue(OwnedCondition.READY)) {
      if (pod.condition(OwnedCondition.CONTAINERS_READY) == 1) {
        facts.add(Facts.text("condition Ready", "True"));
        facts.add(Facts.text("condition ContainersReady", "False"));
      }
      for (String gate : pod.spec.readinessGates()) {
        if (!isTrue(status, gate)) {
          facts.add(Facts.text("condition Ready", "True"));
          facts.add(Facts.text("readiness gate " + gate, "not True"));
        }
      }
    }
    if (pod.isTrue(OwnedCondition.CONTAINERS_READY) && !pod.terminal()) {
      for (int c = 0; c < pod.containers.length; c++) {
        if (!pod.spec.isRegularInit(c) && !pod.containers[c].ready) {
          facts.add(Facts.text("condition ContainersReady", "True"));
          facts.add(Facts.text(pod.containerName(c), "not ready"));
        }
      }
    }
    return facts;
  }

  private static boolean isTrue(PodStatus status, String type) {
    for (PodCondition condition : status.conditions()) {
      if (condition.type().equals(type)) {
        return condition.status() == ConditionStatus.TRUE;
      }
    }
    return false;
  }

  // Rules.

  private void qos(PodStatus status) {
    QosClass stored = QosClass.parse(status.qosClass());
    if (stored != null && stored != pod.spec.qos() && once(FindingKind.QOS)) {
      sink.finding(
          pod,
          new Finding(
              FindingKind.QOS,
              "",
              Times.NONE,
              List.of(
                  Facts.text("status.qosClass", stored.text()),
                  Facts.text("by the spec", pod.spec.qos().text()))));
    }
  }

  private static boolean once(ObservedContainer container, FindingKind kind) {
    boolean first = (container.found & kind.bit()) == 0;
    container.found |= kind.bit();
    return first;
  }

  private boolean once(FindingKind kind) {
    boolean first = (pod.found & kind.bit()) == 0;
    pod.found |= kind.bit();
    return first;
  }
}
