package dev.slipway.ops.pods;

import dev.slipway.engine.api.Times;
import dev.slipway.ops.print.HumanDuration;
import java.util.ArrayList;
import java.util.List;

/** Stage times as a table. */
public final class StageTable {
  private StageTable() {}

  /** The names of the columns. */
  public static List<String> head() {
    return List.of("NAMESPACE", "WORKLOAD", "STAGE", "PODS", "P50", "P90", "P99", "MAX");
  }

  /** The lines of the table, the head first. */
  public static List<String> draw(List<StageLine> lines) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(head());
    for (StageLine line : lines) {
      rows.add(
          List.of(
              line.namespace(),
              line.workload(),
              line.stage(),
              Long.toString(line.pods()),
              duration(line.p50()),
              duration(line.p90()),
              duration(line.p99()),
              duration(line.max())));
    }
    return new TableColumns().draw(rows);
  }

  private static String duration(long seconds) {
    return HumanDuration.of(seconds * Times.SECOND);
  }
}
