package dev.slipway.ops.replay;

import dev.slipway.engine.api.Times;
import dev.slipway.ops.replay.PodRecord.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of one variant by name, the unit in the name: counts, seconds, hours of an amount,
 * percent of what is allocatable.
 */
final class Summary {
  private static final double HOUR = 3600.0 * Times.SECOND;

  private Summary() {}

  /** All figures in the order of the report. */
  static Map<String, Double> of(RunResult run, Series series) {
    Map<String, Double> figures = new LinkedHashMap<>();
    counts(run, figures);
    waits(run, figures);
    latencies(run, figures);
    nodes(run, series, figures);
    resources(run, series, figures);
    figures.put("engine_events", (double) run.events());
    return figures;
  }

  private static void counts(RunResult run, Map<String, Double> figures) {
    long[] counts = new long[Outcome.values().length];
    long restarts = 0;
    long all = 0;
    for (PodRecord pod : run.pods()) {
      Outcome outcome = pod.outcome;
      if (outcome != null) {
        all++;
        counts[outcome.ordinal()]++;
        restarts += pod.life == null ? 0 : pod.life.restarts;
      }
    }
    figures.put("pods", (double) all);
    for (Outcome outcome : Outcome.values()) {
      figures.put("pods_" + outcome.text().replace(' ', '_'), (double) counts[outcome.ordinal()]);
    }
    figures.put("placements", (double) run.placements());
    figures.put("restarts", (double) restarts);
  }

  /** Pods without a node at the end have waited at least that long and count with it. */
  private static void waits(RunResult run, Map<String, Double> figures) {
    List<Long> waits = new ArrayList<>();
    double sum = 0;
    for (PodRecord pod : run.pods()) {
      if (pod.outcome != null && pod.outcome != Outcome.REFUSED) {
        long until =
            pod.life != null
                ? pod.life.boundAt
                : pod.endedAt != Times.NONE ? pod.endedAt : run.scenario().end();
        long wait = until - Math.max(pod.arrival, run.scenario().start());
        waits.add(wait);
        sum += wait;
      }
    }
    figures.put("pending_pod_hours", sum / HOUR);
    quantiles("pending_seconds", waits, figures);
    figures.put(
        "pods_that_waited", (double) waits.stream().filter(wait -> wait > Times.SECOND).count());
  }

  private static void latencies(RunResult run, Map<String, Double> figures) {
    for (Stage stage : Stage.values()) {
      List<Long> times = new ArrayList<>();
      for (PodRecord pod : run.pods()) {
        long time = stage.of(pod, run.scenario().start());
        if (time != Times.NONE) {
          times.add(time);
        }
      }
      if (stage != Stage.SCHEDULED) {
        quantiles("start_" + stage.key() + "_seconds", times, figures);
      }
    }
  }

  private static void quantiles(String name, List<Long> times, Map<String, Double> figures) {
    long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
    for (int percent : new int[] {50, 90, 99}) {
      figures.put(name + "_p" + percent, quantile(sorted, percent / 100.0));
    }
    figures.put(name + "_max", quantile(sorted, 1));
  }

  /** Seconds at that part of the sorted times (nearest rank), 0 if there are none. */
  static double quantile(long[] sorted, double part) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(part * sorted.length) - 1;
    return (double) sorted[Math.max(0, rank)] / Times.SECOND;
  }

  private static void nodes(RunResult run, Series series, Map<String, Double> figures) {
    long[] nodes = series.values(Columns.NODES);
    figures.put("nodes_first", (double) (nodes.length == 0 ? 0 : nodes[0]));
    figures.put("nodes_last", (double) (nodes.length == 0 ? 0 : nodes[nodes.length - 1]));
    figures.put("nodes_ever_used", (double) used(run));
    figures.put("pods_pending_peak", (double) max(series.values(Columns.PENDING)));
    figures.put("pods_on_nodes_peak", (double) max(series.values(Columns.ON_NODES)));
    figures.put("pods_ready_peak", (double) max(series.values(Columns.READY)));
  }

  private static long used(RunResult run) {
    return run.pods().stream().map(pod -> pod.node).filter(n -> !n.isEmpty()).distinct().count();
  }

  private static long max(long[] values) {
    return Arrays.stream(values).max().orElse(0);
  }

  private static void resources(RunResult run, Series series, Map<String, Double> figures) {
    List<String> resources = run.scenario().resources();
    for (int r = 0; r < resources.size(); r++) {
      String name = Columns.unitName(resources.get(r));
      long[] all = series.values(Columns.of(r, Columns.ALLOCATABLE));
      long[] requested = series.values(Columns.of(r, Columns.REQUESTED));
      figures.put(name + "_requested_percent_mean", percentMean(requested, all));
      figures.put(name + "_requested_percent_peak", percentPeak(requested, all));
      figures.put(
          name + "_running_percent_mean",
          percentMean(series.values(Columns.of(r, Columns.RUNNING)), all));
      double requestedHours = hours(run, r, false);
      double unusedHours = hours(run, r, true);
      figures.put(name + "_requested_hours", requestedHours);
      figures.put(name + "_init_unused_hours", unusedHours);
      figures.put(
          name + "_init_unused_percent_of_requested",
          requestedHours == 0 ? 0 : 100 * unusedHours / requestedHours);
    }
  }

  /** Exact, pod by pod; in order, so that the sum is the same each time. */
  private static double hours(RunResult run, int resource, boolean unused) {
    double sum = 0;
    for (PodRecord pod : run.pods()) {
      LifeLog life = pod.life;
      long from = life == null ? Times.NONE : unused ? life.initializedAt : life.boundAt;
      if (life != null && from != Times.NONE) {
        long to = life.freedAt == Times.NONE ? run.scenario().end() : life.freedAt;
        Footprint footprint = pod.input.footprint();
        long amount =
            unused ? footprint.unusedAfterStart()[resource] : footprint.requested()[resource];
        sum += amount * ((to - from) / HOUR);
      }
    }
    return sum;
  }

  private static double percentMean(long[] part, long[] all) {
    double parts = 0;
    double wholes = 0;
    for (int k = 0; k < part.length; k++) {
      parts += part[k];
      wholes += all[k];
    }
    return wholes == 0 ? 0 : 100 * parts / wholes;
  }

  private static double percentPeak(long[] part, long[] all) {
    double peak = 0;
    for (int k = 0; k < part.length; k++) {
      peak = all[k] == 0 ? peak : Math.max(peak, 100.0 * part[k] / all[k]);
    }
    return peak;
  }
}
