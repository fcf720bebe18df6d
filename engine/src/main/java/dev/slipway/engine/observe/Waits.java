package dev.slipway.engine.observe;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.restart.RestartRules;
import dev.slipway.engine.state.OwnedCondition;
import java.util.ArrayList;
import java.util.List;

/** What a pod is waited for: deadlines that pass without a new version say something too. */
final class Waits {
  private static final String CRASH_LOOP = "CrashLoopBackOff";

  /**
   * After the back-off: one resync period with its random factor (rule L-021), and a minute for the
   * start itself.
   */
  private static final long RESTART_SLACK = 150 * Times.SECOND;

  private Waits() {}

  static long earliest(ObservedPod pod, ObserveSettings settings) {
    long stuck = stuckAt(pod, settings);
    long held = heldAt(pod, settings);
    long earliest = sooner(stuck, held);
    for (int c = 0; c < pod.containers.length; c++) {
      earliest = sooner(earliest, overdueAt(pod, c, settings));
    }
    for (Doubt doubt : pod.doubts) {
      earliest = sooner(earliest, doubt.reportAt(pod));
    }
    return earliest;
  }

  private static long sooner(long a, long b) {
    if (a == Times.NONE || b == Times.NONE) {
      return a == Times.NONE ? b : a;
    }
    return Math.min(a, b);
  }

  private static boolean passed(long at, long now) {
    return at != Times.NONE && at <= now;
  }

  static void report(ObservedPod pod, long now, ObserveSettings settings, ObserveSink sink) {
    for (int c = 0; c < pod.containers.length; c++) {
      long overdue = overdueAt(pod, c, settings);
      if (passed(overdue, now)) {
        overdue(pod, c, overdue, settings, sink);
      }
    }
    long stuck = stuckAt(pod, settings);
    if (passed(stuck, now)) {
      stuck(pod, stuck, sink);
    }
    long held = heldAt(pod, settings);
    if (passed(held, now)) {
      held(pod, held, sink);
    }
    for (Doubt doubt : pod.doubts) {
      if (passed(doubt.reportAt(pod), now)) {
        doubt.report(pod, sink);
      }
    }
  }

  private static boolean reported(int found, FindingKind kind) {
    return (found & kind.bit()) != 0;
  }

  // Restart overdue: rules L-302, L-311, L-021.

  private static long overdueAt(ObservedPod pod, int c, ObserveSettings settings) {
    ObservedContainer container = pod.containers[c];
    if (!restarts(pod, c, settings) || reported(container.found, FindingKind.RESTART_OVERDUE)) {
      return Times.NONE;
    }
    return container.lastEnd
        + settings.backOff().cap()
        + RESTART_SLACK
        + pod.spec.graceSeconds() * Times.SECOND;
  }

  /** True if nothing but its back-off stands between a container and its next start. */
  static boolean restarts(ObservedPod pod, int c, ObserveSettings settings) {
    ObservedContainer container = pod.containers[c];
    boolean down =
        container.terminated()
            || (container.state == ObservedContainer.WAITING
                && container.reason.equals(CRASH_LOOP));
    if (!down || !container.ended || container.lastEnd == Times.NONE) {
      return false;
    }
    if (pod.terminal() || pod.deleting() || pod.spec.hasPostStart() || busy(pod)) {
      return false;
    }
    boolean initialized = pod.isTrue(OwnedCondition.INITIALIZED);
    if (pod.spec.isApp(c)) {
      return initialized && restartsAfter(pod, c, settings);
    }
    return pod.spec.isRegularInit(c)
        ? !initialized && !container.completed && restartsAfter(pod, c, settings)
        : runsBesides(pod);
  }

  /** Another container is being started: its pull may hold up the pass (rule L-152). */
  private static boolean busy(ObservedPod pod) {
    for (int c = 0; c < pod.containers.length; c++) {
      ObservedContainer other = pod.containers[c];
      if (other.state == ObservedContainer.WAITING && !other.reason.equals(CRASH_LOOP)) {
        boolean itsTurn = !pod.spec.isApp(c) || pod.isTrue(OwnedCondition.INITIALIZED);
        if (itsTurn) {
          return true;
        }
      }
    }
    return false;
  }

  /** Sidecars are restarted as long as an app container is kept (rule L-141). */
  private static boolean runsBesides(ObservedPod pod) {
    for (int c = pod.spec.appStart(); c < pod.containers.length; c++) {
      if (pod.containers[c].running()) {
        return true;
      }
    }
    return false;
  }

  private static boolean restartsAfter(ObservedPod pod, int c, ObserveSettings settings) {
    ObservedContainer container = pod.containers[c];
    RestartPolicy policy = pod.spec.restartPolicy();
    if (container.state == ObservedContainer.WAITING) {
      return true;
    }
    return RestartRules.restartsAfter(
        settings.profile(), policy, pod.spec.containers().get(c).forRestart(), container.exitCode);
  }

  private static void overdue(
      ObservedPod pod, int c, long at, ObserveSettings settings, ObserveSink sink) {
    ObservedContainer container = pod.containers[c];
    container.found |= FindingKind.RESTART_OVERDUE.bit();
    sink.finding(
        pod,
        new Finding(
            FindingKind.RESTART_OVERDUE,
            pod.containerName(c),
            at,
            List.of(
                Facts.time("ended at", container.lastEnd),
                Facts.duration("longest back-off", settings.backOff().cap()),
                Facts.time("not restarted at", at),
                Facts.text("state", stateOf(container)),
                Facts.count("restarts", container.restarts))));
  }

  // Initialization that does not get on: rules L-112, L-118, L-119, L-332.

  private static long stuckAt(ObservedPod pod, ObserveSettings settings) {
    boolean waits =
        pod.phase == PodPhase.PENDING.ordinal()
            && pod.condition(OwnedCondition.INITIALIZED) == 1
            && !pod.deleting();
    if (!waits
        || pod.startTime == Times.NONE
        || reported(pod.found, FindingKind.STUCK_INITIALIZING)) {
      return Times.NONE;
    }
    return Expectations.frontier(pod) < 0 ? Times.NONE : pod.startTime + settings.stuckAfterNanos();
  }

  private static void stuck(ObservedPod pod, long at, ObserveSink sink) {
    pod.found |= FindingKind.STUCK_INITIALIZING.bit();
    int c = Expectations.frontier(pod);
    List<Finding.Fact> facts = new ArrayList<>();
    facts.add(Facts.time("on its node since", pod.startTime));
    facts.add(Facts.time("not initialized at", at));
    String name = pod.containerName(c);
    facts.add(Facts.text("waits for", name));
    facts.add(Facts.text("state", stateOf(pod.containers[c])));
    facts.add(Facts.count("restarts", pod.containers[c].restarts));
    sink.finding(pod, new Finding(FindingKind.STUCK_INITIALIZING, name, at, facts));
  }

  // A container that keeps a Job's pod from completing: rules L-440, L-441, L-510.

  private static long heldAt(ObservedPod pod, ObserveSettings settings) {
    boolean job = pod.ownerKind.equals("Job") && pod.spec.restartPolicy() != RestartPolicy.ALWAYS;
    if (!job
        || pod.phase != PodPhase.RUNNING.ordinal()
        || pod.deleting()
        || reported(pod.found, FindingKind.JOB_HELD)) {
      return Times.NONE;
    }
    long completed = Times.NONE;
    boolean runs = false;
    for (int c = pod.spec.appStart(); c < pod.containers.length; c++) {
      ObservedContainer container = pod.containers[c];
      if (container.terminated() && container.exitCode == 0 && container.lastEnd != Times.NONE) {
        completed = Math.max(completed, container.lastEnd);
      } else if (container.running()) {
        runs = true;
      } else {
        return Times.NONE;
      }
    }
    return runs && completed != Times.NONE ? completed + settings.jobHeldAfterNanos() : Times.NONE;
  }

  private static void held(ObservedPod pod, long at, ObserveSink sink) {
    pod.found |= FindingKind.JOB_HELD.bit();
    List<Finding.Fact> facts = new ArrayList<>();
    String name = "";
    for (int c = pod.spec.appStart(); c < pod.containers.length; c++) {
      ObservedContainer container = pod.containers[c];
      if (container.running()) {
        name = name.isEmpty() ? pod.containerName(c) : name;
        facts.add(
            Facts.text(pod.containerName(c), "running since " + Facts.time(container.startedAt)));
      } else {
        facts.add(
            Facts.text(pod.containerName(c), "completed at " + Facts.time(container.lastEnd)));
      }
    }
    facts.add(Facts.text("job", pod.ownerName));
    sink.finding(pod, new Finding(FindingKind.JOB_HELD, name, at, facts));
  }

  private static String stateOf(ObservedContainer container) {
    return switch (container.state) {
      case ObservedContainer.RUNNING -> "running";
      case ObservedContainer.TERMINATED ->
          "terminated: " + container.reason + ", exit code " + container.exitCode;
      case ObservedContainer.WAITING ->
          "waiting" + (container.reason.isEmpty() ? "" : ": " + container.reason);
      default -> "none";
    };
  }
}
