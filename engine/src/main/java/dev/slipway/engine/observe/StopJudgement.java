package dev.slipway.engine.observe;

import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.OwnedCondition;
import java.util.List;

/**
 * Holds the end of a deleted pod against the rules of section 4. Times of containers are the
 * node's, those of the deletion the API server's: the two are compared with the skew to spare.
 */
final class StopJudgement {
  private static final int BY_SIGTERM = 143;
  private static final int BY_SIGKILL = 137;

  /** Two times cut to seconds may be this much closer than they look. */
  private static final long RESOLUTION = Times.SECOND;

  private final ObservedPod pod;
  private final ObserveSettings settings;
  private final ObserveSink sink;

  StopJudgement(ObservedPod pod, ObserveSettings settings, ObserveSink sink) {
    this.pod = pod;
    this.settings = settings;
    this.sink = sink;
  }

  /**
   * Whether the node itself asked for the stop, with a grace of its own, shows only in the terminal
   * status (rule L-456): before that nobody can say how long the grace was.
   */
  void judge(PodStatus status) {
    if (!pod.deleting() || pod.graceEndMin <= pod.askedAt) {
      return;
    }
    boolean requested = pod.isTrue(OwnedCondition.DISRUPTION_TARGET) || !status.reason().isEmpty();
    for (int c = 0; c < pod.containers.length; c++) {
      ObservedContainer container = pod.containers[c];
      if (container.terminated() && diedInTermination(container)) {
        if (pod.terminal() && !requested) {
          order(c);
          sigterm(c);
        }
        overrun(c);
      }
    }
  }

  private boolean diedInTermination(ObservedContainer c) {
    return c.ended
        && c.lastEnd != Times.NONE
        && c.startedAt != Times.NONE
        && c.startedAt <= pod.askedAt
        && c.lastEnd > pod.askedAt + RESOLUTION + settings.skewNanos();
  }

  /** A stop for a probe or a hook that began before the deletion may still have been going on. */
  private boolean byProbe(int c) {
    return pod.spec.mayBeStopped(c)
        && pod.containers[c].lastEnd
            <= pod.askedAt + pod.spec.probeStopNanos(c) + settings.skewNanos();
  }

  /**
   * Rules L-433, L-437: a sidecar that died of a signal while an app container, or the nearest
   * sidecar behind it, lived on, and the grace was not over (L-435). A process that ends by itself,
   * or by its preStop hook, proves nothing.
   */
  private void order(int s) {
    ObservedContainer sidecar = pod.containers[s];
    ObservedSpec.Container spec = pod.spec.containers().get(s);
    boolean signalled =
        sidecar.exitCode == BY_SIGTERM
            || (sidecar.exitCode == BY_SIGKILL && sidecar.reason.equals("Error"));
    boolean inGrace = sidecar.lastEnd + RESOLUTION + settings.skewNanos() <= pod.graceEndMin;
    if (!spec.sidecar() || !signalled || !inGrace || spec.preStop() || byProbe(s)) {
      return;
    }
    int before = whoLivedOn(s);
    if (before >= 0 && once(sidecar, FindingKind.STOP_ORDER)) {
      ObservedContainer other = pod.containers[before];
      String end = other.running() ? "still running" : "ended at " + Facts.time(other.lastEnd);
      sink.finding(
          pod,
          new Finding(
              FindingKind.STOP_ORDER,
              spec.name(),
              sidecar.lastEnd,
              List.of(
                  Facts.time("deletion asked at", pod.askedAt),
                  Facts.time(spec.name() + " ended at", sidecar.lastEnd),
                  Facts.count(spec.name() + " exit code", sidecar.exitCode),
                  Facts.text(pod.containerName(before), end))));
    }
  }

  private int whoLivedOn(int s) {
    for (int a = pod.spec.appStart(); a < pod.containers.length; a++) {
      if (livedOn(a, s)) {
        return a;
      }
    }
    for (int later = s + 1; later < pod.spec.appStart(); later++) {
      if (pod.spec.containers().get(later).sidecar()) {
        return livedOn(later, s) ? later : -1;
      }
    }
    return -1;
  }

  private boolean livedOn(int c, int s) {
    ObservedContainer other = pod.containers[c];
    ObservedContainer sidecar = pod.containers[s];
    boolean then = other.startedAt != Times.NONE && other.startedAt <= pod.askedAt;
    return then
        && (other.running()
            || (other.terminated()
                && other.lastEnd != Times.NONE
                && other.lastEnd > sidecar.lastEnd));
  }

  /** Rules L-400(6), L-402, L-412: SIGKILL comes when the grace is over, not before. */
  private void sigterm(int c) {
    ObservedContainer container = pod.containers[c];
    boolean killed = container.exitCode == BY_SIGKILL && container.reason.equals("Error");
    long early = pod.graceEndMin - container.lastEnd;
    if (!killed || early < RESOLUTION + settings.skewNanos() || byProbe(c)) {
      return;
    }
    if (once(container, FindingKind.SIGTERM_MISSING)) {
      sink.finding(
          pod,
          new Finding(
              FindingKind.SIGTERM_MISSING,
              pod.containerName(c),
              container.lastEnd,
              List.of(
                  Facts.time("deletion asked at", pod.askedAt),
                  Facts.time("grace ends at", pod.graceEndMin),
                  Facts.time("killed at", container.lastEnd),
                  Facts.count("exit code", container.exitCode))));
    }
  }

  /** Rules L-402 to L-404; stops by probes that may have gone on before are allowed for. */
  private void overrun(int c) {
    if (!pod.settledWhenAsked) {
      return;
    }
    ObservedContainer container = pod.containers[c];
    long end = Math.max(pod.graceEndMax, pod.askedAt + pod.spec.graceSeconds() * Times.SECOND);
    long limit = end + ObservedSpec.STOP_SLACK + RESOLUTION + settings.skewNanos();
    for (int other = 0; other < pod.containers.length; other++) {
      if (pod.spec.mayBeStopped(other)) {
        limit += pod.spec.probeStopNanos(other);
      }
    }
    if (container.lastEnd > limit && once(container, FindingKind.GRACE_OVERRUN)) {
      sink.finding(
          pod,
          new Finding(
              FindingKind.GRACE_OVERRUN,
              pod.containerName(c),
              container.lastEnd,
              List.of(
                  Facts.time("deletion asked at", pod.askedAt),
                  Facts.time("grace ends at", end),
                  Facts.time("ended at", container.lastEnd),
                  Facts.duration("beyond the grace", container.lastEnd - end))));
    }
  }

  private static boolean once(ObservedContainer container, FindingKind kind) {
    boolean first = (container.found & kind.bit()) == 0;
    container.found |= kind.bit();
    return first;
  }
}
