package dev.slipway.ops.demo;

import dev.slipway.actors.Totals;
import dev.slipway.ops.pods.PodLine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Shows figures: a table drawn over itself, or a line after the other. */
final class DemoScreen {
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String ROW = "%-28s %7d %8d %8d %10d %7d %7d %9d";
  private static final String HEAD = ROW.replace('d', 's');

  private final PrintWriter out;
  private final boolean terminal;
  private int drawn;

  DemoScreen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void show(DemoFigures figures) {
    if (terminal) {
      draw(table(figures));
    } else {
      out.println(line(figures));
      out.flush();
    }
  }

  private void draw(List<String> lines) {
    if (drawn > 0) {
      out.print(UP.formatted(drawn));
    }
    for (String line : lines) {
      out.print(line);
      out.println(CLEAR_LINE);
    }
    out.print(CLEAR_BELOW);
    out.flush();
    drawn = lines.size();
  }

  static String line(DemoFigures figures) {
    Totals t = figures.totals();
    return String.format(
        Locale.ROOT,
        "%3ds  pods %d  pending %d  running %d  succeeded %d  failed %d  deleted %d  ready %d"
            + "  restarts %d  starts/s %d  findings %d",
        figures.seconds(),
        t.pods(),
        t.pending(),
        t.running(),
        t.succeeded(),
        t.failed(),
        t.deleted(),
        t.ready(),
        t.restarts(),
        figures.startsPerSecond(),
        figures.observed().findings());
  }

  private static List<String> table(DemoFigures figures) {
    List<String> lines = new ArrayList<>();
    Totals t = figures.totals();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d of %d s   created %d   deleted %d   starts/s %d   messages/s %,d",
            figures.seconds(),
            figures.secondsTotal(),
            t.created(),
            t.deleted(),
            figures.startsPerSecond(),
            figures.messagesPerSecond()));
    lines.add(
        String.format(
            Locale.ROOT,
            "Kafka: %,d records in, %,d read; %,d statuses out",
            figures.written(),
            figures.feed().delivered(),
            figures.statuses()));
    lines.add(
        String.format(
            Locale.ROOT,
            "observed: %,d versions, %,d transitions, findings %,d",
            figures.observed().versions(),
            figures.observed().transitions(),
            figures.observed().findings()));
    lines.add("");
    lines.add(
        String.format(
            HEAD,
            "WORKLOAD",
            "PODS",
            "PENDING",
            "RUNNING",
            "SUCCEEDED",
            "FAILED",
            "READY",
            "RESTARTS"));
    byOwner(figures.pods()).forEach((owner, sums) -> lines.add(sums.row(owner)));
    lines.add(
        String.format(
            Locale.ROOT,
            ROW,
            "all",
            t.pods(),
            t.pending(),
            t.running(),
            t.succeeded(),
            t.failed(),
            t.ready(),
            t.restarts()));
    return lines;
  }

  private static Map<String, Sums> byOwner(List<PodLine> pods) {
    Map<String, Sums> owners = new TreeMap<>(Comparator.naturalOrder());
    for (PodLine pod : pods) {
      owners.computeIfAbsent(owner(pod), _ -> new Sums()).add(pod);
    }
    return owners;
  }

  private static String owner(PodLine pod) {
    return pod.namespace() + "/" + pod.owner();
  }

  /** One workload's numbers. */
  private static final class Sums {
    private int pods;
    private int pending;
    private int running;
    private int succeeded;
    private int failed;
    private int ready;
    private long restarts;

    void add(PodLine pod) {
      pods++;
      ready += pod.ready() ? 1 : 0;
      restarts += pod.restarts();
      switch (pod.phase()) {
        case PENDING, UNKNOWN -> pending++;
        case RUNNING -> running++;
        case SUCCEEDED -> succeeded++;
        case FAILED -> failed++;
      }
    }

    String row(String owner) {
      return String.format(
          Locale.ROOT, ROW, owner, pods, pending, running, succeeded, failed, ready, restarts);
    }
  }
}
