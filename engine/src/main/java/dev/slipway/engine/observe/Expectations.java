package dev.slipway.engine.observe;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.NextStep.Kind;
import dev.slipway.engine.state.OwnedCondition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the rules expect of a pod next. */
final class Expectations {
  private Expectations() {}

  static List<NextStep> of(ObservedPod pod, ObserveSettings settings) {
    List<NextStep> steps = new ArrayList<>();
    if (pod.terminal()) {
      return steps;
    }
    if (pod.node.isEmpty()) {
      steps.add(new NextStep(Kind.SCHEDULE, "", Times.NONE));
      return steps;
    }
    if (pod.deleting()) {
      steps.add(new NextStep(Kind.GRACE_END, "", pod.graceEndMin));
      return steps;
    }
    if (pod.spec.deadlineSeconds() >= 0 && pod.startTime != Times.NONE) {
      steps.add(
          new NextStep(
              Kind.DEADLINE, "", pod.startTime + pod.spec.deadlineSeconds() * Times.SECOND));
    }
    for (int c = 0; c < pod.containers.length; c++) {
      if (Waits.restarts(pod, c, settings)) {
        steps.add(
            new NextStep(
                Kind.RESTART, pod.containerName(c), ObservedBackOff.end(pod.containers[c])));
      }
    }
    initialization(pod, steps);
    if (pod.isTrue(OwnedCondition.INITIALIZED) && !pod.ready()) {
      unready(pod, steps);
    }
    steps.sort(
        Comparator.comparingLong(
            step -> step.atNanos() == Times.NONE ? Long.MAX_VALUE : step.atNanos()));
    return steps;
  }

  private static void initialization(ObservedPod pod, List<NextStep> steps) {
    int c = frontier(pod);
    if (c < 0) {
      return;
    }
    ObservedContainer container = pod.containers[c];
    Kind kind =
        !container.running()
            ? Kind.START
            : pod.spec.isRegularInit(c) ? Kind.COMPLETE : Kind.STARTED;
    if (container.lastEnd == Times.NONE || container.running()) {
      steps.add(new NextStep(kind, pod.containerName(c), Times.NONE));
    }
  }

  private static void unready(ObservedPod pod, List<NextStep> steps) {
    for (int c = 0; c < pod.containers.length; c++) {
      if (!pod.spec.isRegularInit(c) && pod.containers[c].running() && !pod.containers[c].ready) {
        steps.add(new NextStep(Kind.READY, pod.containerName(c), Times.NONE));
      }
    }
  }

  /** The init container initialization waits for, -1: none, as far as the status shows. */
  static int frontier(ObservedPod pod) {
    if (pod.isTrue(OwnedCondition.INITIALIZED)) {
      return -1;
    }
    int last = -1;
    for (int c = 0; c < pod.spec.appStart(); c++) {
      ObservedContainer container = pod.containers[c];
      boolean done = pod.spec.isRegularInit(c) ? container.completed : container.ready;
      if (!done) {
        last = last < 0 ? c : last;
        if (pod.spec.isRegularInit(c) || !container.running()) {
          return c;
        }
      }
    }
    return last;
  }
}
