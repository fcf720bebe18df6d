package dev.slipway.ops.cli;

import dev.slipway.engine.api.Times;
import dev.slipway.ingest.manifest.ApiTimes;
import dev.slipway.ops.pods.PodLine;
import dev.slipway.ops.pods.PodTable;
import dev.slipway.ops.pods.TableColumns;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints rows of pods, a list first and then what changes. */
final class PodPrinter {
  private static final List<String> CSV_HEAD =
      List.of(
          "namespace",
          "name",
          "uid",
          "owner",
          "phase",
          "status",
          "ready",
          "readyContainers",
          "containers",
          "restarts",
          "created",
          "podIP",
          "node");

  private final PrintWriter out;
  private final GetCommand.Format format;
  private final boolean namespaces;
  private final TableColumns columns = new TableColumns();
  private boolean headPrinted;

  PodPrinter(PrintWriter out, GetCommand.Format format, boolean namespaces) {
    this.out = out;
    this.format = format;
    this.namespaces = namespaces;
  }

  /** Prints them, with the head before the first. */
  void print(List<PodLine> pods, long now) {
    switch (format) {
      case NAME -> pods.forEach(pod -> out.println("pod/" + pod.name()));
      case CSV -> {
        out.println(String.join(",", CSV_HEAD));
        pods.forEach(pod -> out.println(csv(pod)));
      }
      case TABLE, WIDE, JSON, YAML -> table(pods, now);
    }
    out.flush();
  }

  private void table(List<PodLine> pods, long now) {
    boolean wide = format == GetCommand.Format.WIDE;
    List<List<String>> rows = new ArrayList<>();
    if (!headPrinted) {
      headPrinted = true;
      rows.add(PodTable.head(namespaces, wide));
    }
    pods.forEach(pod -> rows.add(PodTable.row(pod, namespaces, wide, now)));
    columns.draw(rows).forEach(out::println);
  }

  private static String csv(PodLine pod) {
    return String.join(
        ",",
        Csv.cell(pod.namespace()),
        Csv.cell(pod.name()),
        Csv.cell(pod.uid()),
        Csv.cell(pod.owner()),
        pod.phase().text(),
        Csv.cell(pod.status()),
        Boolean.toString(pod.ready()),
        Integer.toString(pod.readyContainers()),
        Integer.toString(pod.containers()),
        Integer.toString(pod.restarts()),
        pod.created() == Times.NONE ? "" : ApiTimes.format(pod.created()),
        Csv.cell(pod.podIP()),
        Csv.cell(pod.node()));
  }
}
