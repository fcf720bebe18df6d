package dev.slipway.ops.pods;

import java.util.ArrayList;
import java.util.List;

/** Nodes or namespaces as a table: pods by phase, and what those that have not ended request. */
public final class GroupTable {
  private static final List<String> COUNTS =
      List.of("NAME", "PODS", "PENDING", "RUNNING", "SUCCEEDED", "FAILED", "READY");
  private static final List<String> REQUESTS = List.of("CPU", "MEMORY");

  private GroupTable() {}

  /** The names of the columns; wide ones tell restarts too. */
  public static List<String> head(boolean wide) {
    List<String> head = new ArrayList<>(COUNTS);
    if (wide) {
      head.add("RESTARTS");
    }
    head.addAll(REQUESTS);
    return head;
  }

  /** The cells of one. */
  public static List<String> row(GroupLine line, boolean wide) {
    List<String> row = new ArrayList<>();
    row.add(line.name());
    for (long count :
        new long[] {
          line.pods(), line.pending(), line.running(), line.succeeded(), line.failed(), line.ready()
        }) {
      row.add(Long.toString(count));
    }
    if (wide) {
      row.add(Long.toString(line.restarts()));
    }
    row.add(line.cpu().isEmpty() ? "0" : line.cpu());
    row.add(line.memory().isEmpty() ? "0" : line.memory());
    return row;
  }
}
