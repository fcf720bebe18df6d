package dev.slipway.ops.pods;

import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.List;

/** A list of pods as a table, column for column as kubectl prints it. */
public final class PodTable {
  private static final String GAP = "   ";

  private PodTable() {}

  /**
   * The lines of the table, the head first.
   *
   * @param namespaces with a column for them
   * @param wide with address and node
   */
  public static List<String> draw(List<PodLine> pods, boolean namespaces, boolean wide, long now) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(head(namespaces, wide));
    pods.forEach(pod -> rows.add(row(pod, namespaces, wide, now)));
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int k = 0; k < widths.length; k++) {
        widths[k] = Math.max(widths[k], row.get(k).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> head(boolean namespaces, boolean wide) {
    List<String> head = new ArrayList<>();
    if (namespaces) {
      head.add("NAMESPACE");
    }
    head.addAll(List.of("NAME", "READY", "STATUS", "RESTARTS", "AGE"));
    if (wide) {
      head.addAll(List.of("IP", "NODE"));
    }
    return head;
  }

  private static List<String> row(PodLine pod, boolean namespaces, boolean wide, long now) {
    List<String> row = new ArrayList<>();
    if (namespaces) {
      row.add(pod.namespace());
    }
    row.add(pod.name());
    row.add(pod.readyContainers() + "/" + pod.containers());
    row.add(pod.status());
    row.add(restarts(pod, now));
    row.add(pod.created() == Times.NONE ? "<unknown>" : age(now - pod.created()));
    if (wide) {
      row.add(pod.podIP().isEmpty() ? "<none>" : pod.podIP());
      row.add(pod.node().isEmpty() ? "<none>" : pod.node());
    }
    return row;
  }

  private static String restarts(PodLine pod, long now) {
    return pod.restarts() == 0 || pod.lastRestart() == Times.NONE
        ? Integer.toString(pod.restarts())
        : pod.restarts() + " (" + age(now - pod.lastRestart()) + " ago)";
  }

  /** As kubectl shortens durations (apimachinery duration.HumanDuration). */
  static String age(long nanos) {
    long seconds = Math.max(0, nanos / Times.SECOND);
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 120) {
      return seconds + "s";
    }
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    if (days < 8) {
      return two(days, "d", hours % 24, "h");
    }
    if (days < 2 * 365) {
      return days + "d";
    }
    return days < 8 * 365 ? two(days / 365, "y", days % 365, "d") : days / 365 + "y";
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return small == 0 ? large + unit : large + unit + small + smallUnit;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int k = 0; k < widths.length; k++) {
      String cell = row.get(k);
      line.append(cell);
      if (k < widths.length - 1) {
        line.append(" ".repeat(widths[k] - cell.length())).append(GAP);
      }
    }
    return line.toString();
  }
}
