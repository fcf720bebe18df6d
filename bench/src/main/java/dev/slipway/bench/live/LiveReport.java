package dev.slipway.bench.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** The figures of a run as a table for people or as one object for programs. */
final class LiveReport {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

  private final LiveOptions options;
  private final LiveFigures figures;
  private final List<String> lines = new ArrayList<>();

  private LiveReport(LiveOptions options, LiveFigures figures) {
    this.options = options;
    this.figures = figures;
  }

  static List<String> table(LiveOptions options, LiveFigures figures) {
    LiveReport report = new LiveReport(options, figures);
    report.write();
    return report.lines;
  }

  private void write() {
    line(
        "%,d pods of 1 + %d actors, %d probes per app container every %d s, %d shards of one thread",
        options.pods(),
        options.containers(),
        options.probes(),
        options.period().toSeconds(),
        options.shards());
    line("");
    line("%-34s %14s %14s %7s", "", "bare Pekko", "slipway", "ratio");
    line("%-34s %,14d %,14d", "actors", options.actors(), options.actors());
    row("actors spawned/s *", figures.rawSpawnPerSecond, figures.spawnPerSecond);
    row("heap per pod after GC, bytes", figures.rawHeapBytesPerPod, figures.heapBytesPerPod);
    row("messages/s under load **", figures.rawMessagesPerSecond, figures.messagesPerSecond);
    one("pod updates/s under load", figures.updatesPerSecond, "%,14.0f");
    one("pods to Ready/s *", figures.podsReadyPerSecond, "%,14.0f");
    one("processor time per pod to Ready, ms", figures.readyCpuMillisPerPod, "%14.3f");
    one("probes/s", figures.probesPerSecond, "%,14.0f");
    one("deadlines/s", figures.timersPerSecond, "%,14.0f");
    one("cores for them, whole process", figures.probeCores, "%14.2f");
    one("cores for them, shard threads", figures.shardCores, "%14.2f");
    one("ordered stop, s", figures.stopSeconds, "%14.1f");
    line("");
    line("%-34s %9s %9s %9s %9s %9s", "milliseconds", "p50", "p90", "p99", "p99.9", "max");
    percentiles("deadline late by", figures.lateness);
    Histogram events = figures.eventToStatus;
    if (events != null) {
      percentiles("container killed to status ***", events);
    }
    churn();
    line("");
    line(
        "*   bare actors are only spawned; ours live from the first moment on: sandbox, init, start");
    line(
        "**  bare: shard, pod, containers take one each; ours: the update of a pod's object with its pass");
    line(
        "*** %d a second, from the planned moment on (no coordinated omission), %,d in all",
        options.eventRate(), figures.events);
  }

  private void churn() {
    LiveFigures.ChurnFigures c = figures.churn;
    if (c != null) {
      line("");
      line(
          "%-34s %14s %14s %14s",
          "churn, " + c.replaced() + " pods replaced", "before", "halfway", "after");
      line(
          "%-34s %,14d %,14d %,14d",
          "heap after GC, bytes", c.heapBefore(), c.heapHalfway(), c.heapAfter());
      line("%-34s %,14d %14s %,14d", "pods with actors", c.podsBefore(), "", c.podsAfter());
      line(
          "%-34s %,14d %14s %,14d",
          "deadlines that wait", c.deadlinesBefore(), "", c.deadlinesAfter());
    }
  }

  private void row(String name, double raw, double own) {
    if (Double.isNaN(raw)) {
      line("%-34s %14s %,14.0f", name, "", own);
    } else {
      line("%-34s %,14.0f %,14.0f %7.2f", name, raw, own, own / raw);
    }
  }

  private void one(String name, double value, String format) {
    line("%-34s %14s " + format, name, "", value);
  }

  private void percentiles(String name, Histogram histogram) {
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-34s", name));
    for (double percentile : PERCENTILES) {
      text.append(
          String.format(Locale.ROOT, " %9.2f", histogram.getValueAtPercentile(percentile) / 1e6));
    }
    lines.add(text.toString());
  }

  private void line(String format, Object... arguments) {
    lines.add(String.format(Locale.ROOT, format, arguments));
  }

  /** One object; figures that were not measured are left out. */
  static String json(LiveOptions options, LiveFigures figures) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("pods", options.pods());
    json.put("actors", options.actors());
    json.put("containers", options.containers());
    json.put("probes", options.probes());
    json.put("shards", options.shards());
    put(json, "spawnPerSecond", figures.spawnPerSecond);
    put(json, "rawSpawnPerSecond", figures.rawSpawnPerSecond);
    put(json, "heapBytesPerPod", figures.heapBytesPerPod);
    put(json, "rawHeapBytesPerPod", figures.rawHeapBytesPerPod);
    put(json, "messagesPerSecond", figures.messagesPerSecond);
    put(json, "rawMessagesPerSecond", figures.rawMessagesPerSecond);
    put(json, "updatesPerSecond", figures.updatesPerSecond);
    put(json, "probesPerSecond", figures.probesPerSecond);
    put(json, "probeCores", figures.probeCores);
    put(json, "shardCores", figures.shardCores);
    put(json, "podsReadyPerSecond", figures.podsReadyPerSecond);
    put(json, "readyCpuMillisPerPod", figures.readyCpuMillisPerPod);
    percentiles(json, "timerLateness", figures.lateness);
    Histogram events = figures.eventToStatus;
    if (events != null) {
      percentiles(json, "eventToStatus", events);
    }
    LiveFigures.ChurnFigures churn = figures.churn;
    if (churn != null) {
      ObjectNode node = json.putObject("churn");
      node.put("replaced", churn.replaced());
      node.put("heapBefore", churn.heapBefore());
      node.put("heapHalfway", churn.heapHalfway());
      node.put("heapAfter", churn.heapAfter());
      node.put("podsBefore", churn.podsBefore());
      node.put("podsAfter", churn.podsAfter());
      node.put("deadlinesBefore", churn.deadlinesBefore());
      node.put("deadlinesAfter", churn.deadlinesAfter());
    }
    return json.toPrettyString();
  }

  private static void put(ObjectNode json, String name, double value) {
    if (!Double.isNaN(value)) {
      json.put(name, value);
    }
  }

  private static void percentiles(ObjectNode json, String name, Histogram histogram) {
    json.put(name + "P50Ms", histogram.getValueAtPercentile(50) / 1e6);
    json.put(name + "P99Ms", histogram.getValueAtPercentile(99) / 1e6);
    json.put(name + "P999Ms", histogram.getValueAtPercentile(99.9) / 1e6);
    json.put(name + "MaxMs", histogram.getMaxValue() / 1e6);
  }
}
