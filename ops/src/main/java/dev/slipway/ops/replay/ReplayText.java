package dev.slipway.ops.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the command prints: the figures most ask for, variants side by side. */
public final class ReplayText {
  private static final List<String> SHOWN =
      List.of(
          "pods",
          "pods_succeeded",
          "pods_failed",
          "pods_deleted",
          "pods_running",
          "pods_pending",
          "pods_deleted_while_pending",
          "pods_refused",
          "pods_evicted",
          "pods_preempted",
          "pods_drained",
          "restarts",
          "nodes_last",
          "nodes_ever_used",
          "pods_pending_peak",
          "pending_pod_hours",
          "pending_seconds_p99",
          "pending_seconds_max",
          "start_total_seconds_p50",
          "start_total_seconds_p99",
          "cpu_milli_requested_percent_mean",
          "cpu_milli_requested_percent_peak",
          "memory_bytes_requested_percent_mean",
          "memory_bytes_requested_percent_peak",
          "cpu_milli_init_unused_percent_of_requested",
          "memory_bytes_init_unused_percent_of_requested");

  private ReplayText() {}

  /** A line per figure. */
  public static List<String> lines(Replay.Totals totals) {
    int wide = SHOWN.stream().mapToInt(String::length).max().orElse(0);
    List<String> lines = new ArrayList<>();
    var head = new StringBuilder(" ".repeat(wide));
    totals.figures().keySet().forEach(name -> head.append("  ").append(pad(name)));
    lines.add(head.toString());
    Map<String, Double> base = totals.figures().values().iterator().next();
    for (String name : SHOWN) {
      boolean any =
          totals.figures().values().stream().anyMatch(f -> f.getOrDefault(name, 0.0) != 0);
      if (!any) {
        continue;
      }
      var line = new StringBuilder(name.replace('_', ' '));
      line.append(" ".repeat(wide - name.length()));
      for (Map<String, Double> figures : totals.figures().values()) {
        double value = figures.getOrDefault(name, 0.0);
        String change =
            figures.equals(base) ? "" : ReportText.change(value - base.getOrDefault(name, 0.0));
        line.append("  ").append(pad(Figures.human(value) + change));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static String pad(String text) {
    return " ".repeat(Math.max(0, 20 - text.length())) + text;
  }
}
