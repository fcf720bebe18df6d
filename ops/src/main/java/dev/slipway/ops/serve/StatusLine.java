package dev.slipway.ops.serve;

import dev.slipway.actors.Totals;
import dev.slipway.engine.api.Times;
import dev.slipway.ops.log.Console;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The line a service says about itself every second. */
final class StatusLine {
  private Totals before = Totals.NONE;
  private long beforeAt;

  /**
   * Tells it.
   *
   * @param elapsed nanoseconds since the start
   * @param heap bytes in use
   * @param refused lines of the feed that could not be read
   * @param lateness how late deadlines were lately, 99th percentile in nanoseconds; negative: not
   *     known
   */
  void tell(Console console, long elapsed, Totals totals, long heap, long refused, long lateness) {
    double seconds = Math.max(1, elapsed - beforeAt) / (double) Times.SECOND;
    long events = Math.round((totals.messages() - before.messages()) / seconds);
    long timers = Math.round((totals.timers() - before.timers()) / seconds);
    before = totals;
    beforeAt = elapsed;
    long pods = totals.pods();
    String line =
        String.format(
            Locale.ROOT,
            "%ds  pods %,d: pending %,d, running %,d, succeeded %,d, failed %,d; ready %,d,"
                + " restarts %,d; events %,d/s, timers %,d/s, late p99 %s; heap %s",
            elapsed / Times.SECOND,
            pods,
            totals.pending(),
            totals.running(),
            totals.succeeded(),
            totals.failed(),
            totals.ready(),
            totals.restarts(),
            events,
            timers,
            millis(lateness),
            heap(heap, pods));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("elapsedSeconds", elapsed / Times.SECOND);
    fields.put("pods", pods);
    fields.put("pending", totals.pending());
    fields.put("running", totals.running());
    fields.put("succeeded", totals.succeeded());
    fields.put("failed", totals.failed());
    fields.put("ready", totals.ready());
    fields.put("restarts", totals.restarts());
    fields.put("eventsPerSecond", events);
    fields.put("timersPerSecond", timers);
    if (lateness >= 0) {
      fields.put("lateP99Millis", lateness / (double) Times.MILLI);
    }
    fields.put("heapBytes", heap);
    fields.put("refusedLines", refused);
    console.status(
        refused == 0 ? line : line + String.format(Locale.ROOT, "; refused lines %,d", refused),
        fields);
  }

  private static String millis(long nanos) {
    return nanos < 0 ? "-" : String.format(Locale.ROOT, "%.1f ms", nanos / (double) Times.MILLI);
  }

  private static String heap(long bytes, long pods) {
    double mebibytes = bytes / (1024.0 * 1024);
    return pods == 0
        ? String.format(Locale.ROOT, "%,.0f MiB", mebibytes)
        : String.format(Locale.ROOT, "%,.0f MiB, %,.1f KB/pod", mebibytes, bytes / 1000.0 / pods);
  }

  /** The last line: what there was in all. */
  static String last(Totals totals, long refused) {
    return String.format(
        Locale.ROOT,
        "created %,d = pending %,d + running %,d + succeeded %,d + failed %,d + unknown %,d"
            + " + deleted %,d%nready %,d, restarts %,d, containers started %,d,"
            + " messages between actors %,d, pods rebuilt %,d, given up %,d, commands ignored %,d,"
            + " lines refused %,d",
        totals.created(),
        totals.pending(),
        totals.running(),
        totals.succeeded(),
        totals.failed(),
        totals.unknown(),
        totals.deleted(),
        totals.ready(),
        totals.restarts(),
        totals.starts(),
        totals.messages(),
        totals.rebuilt(),
        totals.abandoned(),
        totals.ignored(),
        refused);
  }
}
