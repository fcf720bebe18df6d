package dev.slipway.ops.pods;

import dev.slipway.engine.api.Times;
import dev.slipway.ops.print.HumanDuration;
import java.util.ArrayList;
import java.util.List;

/** A list of pods as a table, column for column as kubectl prints it. */
public final class PodTable {
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
    return new TableColumns().draw(rows);
  }

  /** The names of the columns. */
  public static List<String> head(boolean namespaces, boolean wide) {
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

  /** The cells of a pod at a time in epoch nanoseconds. */
  public static List<String> row(PodLine pod, boolean namespaces, boolean wide, long now) {
    List<String> row = new ArrayList<>();
    if (namespaces) {
      row.add(pod.namespace());
    }
    row.add(pod.name());
    row.add(pod.readyContainers() + "/" + pod.containers());
    row.add(pod.status());
    row.add(restarts(pod, now));
    row.add(pod.created() == Times.NONE ? "<unknown>" : HumanDuration.of(now - pod.created()));
    if (wide) {
      row.add(pod.podIP().isEmpty() ? "<none>" : pod.podIP());
      row.add(pod.node().isEmpty() ? "<none>" : pod.node());
    }
    return row;
  }

  private static String restarts(PodLine pod, long now) {
    return pod.restarts() == 0 || pod.lastRestart() == Times.NONE
        ? Integer.toString(pod.restarts())
        : pod.restarts() + " (" + HumanDuration.of(now - pod.lastRestart()) + " ago)";
  }
}
