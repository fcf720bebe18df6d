package dev.slipway.ops.demo;

import dev.slipway.actors.Totals;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What a demo says at its end, and whether everything adds up.
 *
 * @param written records written to the feed
 * @param read of them, taken by the shards
 * @param refused of them, sent to the dead letters
 * @param lost statuses the status topic did not take
 * @param observed what observe mode has seen of the status topic
 * @param statusTopic the pods the status topic holds at the end
 */
record DemoSummary(
    Totals totals,
    long written,
    long read,
    long refused,
    long lost,
    Collection<Pod> statusTopic,
    DemoObserver.Seen observed) {
  /** True if every pod and every record is accounted for. */
  boolean addsUp() {
    return totals.created() == totals.pods() + totals.deleted()
        && written == read + refused
        && lost == 0
        && observed.violations() == 0
        && totals.ignored() + totals.rebuilt() + totals.abandoned() + totals.listenerFailures() == 0
        && inTopic(PodPhase.PENDING) == totals.pending()
        && inTopic(PodPhase.RUNNING) == totals.running()
        && inTopic(PodPhase.SUCCEEDED) == totals.succeeded()
        && inTopic(PodPhase.FAILED) == totals.failed();
  }

  private long inTopic(PodPhase phase) {
    return statusTopic.stream().filter(pod -> phaseOf(pod) == phase).count();
  }

  private static PodPhase phaseOf(Pod pod) {
    PodPhase phase = pod.status().phase();
    return phase == null ? PodPhase.PENDING : phase;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "created %,d = pending %,d + running %,d + succeeded %,d + failed %,d + deleted %,d",
            totals.created(),
            totals.pending(),
            totals.running(),
            totals.succeeded(),
            totals.failed(),
            totals.deleted()));
    lines.add(
        text(
            "ready %,d, restarts %,d, containers started %,d, messages between actors %,d",
            totals.ready(), totals.restarts(), totals.starts(), totals.messages()));
    lines.add(
        text("feed topic: %,d records written, %,d read, %,d refused", written, read, refused));
    lines.add(
        text(
            "status topic: %,d pods: pending %,d, running %,d, succeeded %,d, failed %,d",
            statusTopic.size(),
            inTopic(PodPhase.PENDING),
            inTopic(PodPhase.RUNNING),
            inTopic(PodPhase.SUCCEEDED),
            inTopic(PodPhase.FAILED)));
    lines.add(
        text(
            "observed: %,d versions, %,d transitions, findings %,d, of them violations %,d",
            observed.versions(),
            observed.transitions(),
            observed.findings(),
            observed.violations()));
    observed.shown().forEach(finding -> lines.add("  " + finding));
    if (!addsUp()) {
      lines.add(
          text(
              "this does not add up: statuses lost %,d, commands ignored %,d, pods rebuilt %,d,"
                  + " given up %,d, listener failures %,d",
              lost,
              totals.ignored(),
              totals.rebuilt(),
              totals.abandoned(),
              totals.listenerFailures()));
    }
    return lines;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
