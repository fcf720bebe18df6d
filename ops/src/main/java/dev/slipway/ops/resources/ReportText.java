package dev.slipway.ops.resources;

import dev.slipway.engine.resources.CgroupValues;
import dev.slipway.ingest.manifest.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a report for people. */
final class ReportText {
  private static final String MAX = "max";

  private final ResourceReport report;
  private final boolean wide;
  private final boolean counts;
  private final boolean phases;

  ReportText(ResourceReport report, boolean wide) {
    this.report = report;
    this.wide = wide;
    counts = report.rows().stream().anyMatch(row -> row.pods() != 1);
    phases = report.rows().stream().anyMatch(row -> row.phase() != null);
  }

  /**
   * The tables.
   *
   * @param summary with the lines at the end
   */
  List<String> lines(boolean summary) {
    var lines = new ArrayList<String>();
    if (!report.rows().isEmpty()) {
      lines.addAll(pods());
      if (wide) {
        lines.add("");
        lines.addAll(new CgroupTable(report.rows()).lines());
      }
      lines.add("");
      lines.addAll(totals());
    }
    if (summary) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(summary());
    }
    return lines;
  }

  // A line per pod.

  private List<String> pods() {
    var header = new ArrayList<>(List.of("NAMESPACE", "NAME"));
    if (counts) {
      header.add("PODS");
    }
    if (phases) {
      header.add("PHASE");
    }
    header.addAll(
        List.of("QOS", "REQUEST", "LIMIT", "INIT PEAK", "STEADY", "UNUSED", "NAIVE", "DIFFERENCE"));
    if (wide) {
      header.addAll(
          List.of(
              "CPU.WEIGHT",
              "CPU.MAX",
              "MEMORY.MAX",
              "OOM_SCORE_ADJ",
              "OTHER REQUESTS",
              "OTHER LIMITS"));
    }
    var table = new TextTable(header);
    report.rows().forEach(row -> table.add(cells(row)));
    return table.lines();
  }

  private List<String> cells(PodFigures row) {
    var cells = new ArrayList<>(List.of(row.namespace(), row.title()));
    if (counts) {
      cells.add(Integer.toString(row.pods()));
    }
    if (phases) {
      cells.add(row.phase() == null ? Amounts.NOTHING : row.phase().text());
    }
    cells.add(row.qos().text());
    cells.add(Amounts.pair(row.request()));
    cells.add(Amounts.limits(row.limit(), row.unlimited()));
    cells.add(Amounts.pair(row.split().initPeak()));
    cells.add(Amounts.pair(row.split().steady()));
    cells.add(Amounts.pair(row.split().unusedAfterStart()));
    cells.add(Amounts.pair(row.naive()));
    cells.add(Amounts.signedPair(row.difference()));
    if (wide) {
      CgroupValues cgroup = row.cgroup();
      String cpuMax = cgroup.cpuMax();
      cells.add(cgroup.cpuWeight() == null ? Amounts.NOTHING : cgroup.cpuWeight().toString());
      cells.add(cpuMax == null ? MAX : cpuMax);
      cells.add(cgroup.memory() == null ? MAX : cgroup.memory().toString());
      cells.add(oomScores(row));
      cells.add(Amounts.others(row.request()));
      cells.add(Amounts.others(row.limit()));
    }
    return cells;
  }

  /** One number if all containers have the same, else each with its name. */
  private static String oomScores(PodFigures row) {
    List<PodFigures.ContainerFigures> containers = row.containers();
    long first = containers.getFirst().oomScoreAdj();
    if (containers.stream().allMatch(container -> container.oomScoreAdj() == first)) {
      return Long.toString(first);
    }
    return containers.stream()
        .map(container -> container.name() + "=" + container.oomScoreAdj())
        .collect(Collectors.joining(" "));
  }

  // Totals.

  private List<String> totals() {
    var table =
        new TextTable(
            List.of(
                "NAMESPACE",
                "PODS",
                "ENDED",
                "REQUEST",
                "DECLARED LIMIT",
                "NO LIMIT",
                "UNUSED",
                "NAIVE",
                "DIFFERENCE"));
    report.namespaces().forEach(sum -> table.add(cells(sum, sum.name())));
    table.add(cells(report.cluster(), "(cluster)"));
    return table.lines();
  }

  private static List<String> cells(ResourceReport.Sum sum, String name) {
    return List.of(
        name,
        Long.toString(sum.totals().pods()),
        Long.toString(sum.ended()),
        Amounts.pair(sum.totals().requests()),
        Amounts.pair(sum.totals().limits()),
        sum.totals().unlimited(Amounts.CPU) + "/" + sum.totals().unlimited(Amounts.MEMORY),
        Amounts.pair(sum.totals().initReserved()),
        Amounts.pair(sum.naive()),
        Amounts.signedPair(sum.difference()));
  }

  // Lines at the end; every form of output has them.

  List<String> summary() {
    var lines = new ArrayList<String>();
    if (!report.rows().isEmpty()) {
      lines.add(
          "naive versus effective: "
              + versus(Amounts.CPU)
              + "; "
              + versus(Amounts.MEMORY)
              + "; "
              + report.differing()
              + " of "
              + report.cluster().alive()
              + " pods differ");
      lines.add(unlimited());
      lines.addAll(qos());
    }
    lines.add(counts());
    return lines;
  }

  private String versus(String name) {
    ResourceReport.Sum cluster = report.cluster();
    return String.format(
        Locale.ROOT,
        "%s %s -> %s (%s, %+.1f %%)",
        name,
        Amounts.text(cluster.naive().getOrZero(name)),
        Amounts.text(cluster.totals().requests().getOrZero(name)),
        Amounts.signed(cluster.difference().getOrZero(name)),
        cluster.missedPercent(name));
  }

  private String unlimited() {
    ResourceReport.Sum cluster = report.cluster();
    return "no limit: cpu "
        + cluster.totals().unlimited(Amounts.CPU)
        + ", memory "
        + cluster.totals().unlimited(Amounts.MEMORY)
        + " of "
        + cluster.alive()
        + " pods";
  }

  private List<String> qos() {
    QosAgreement qos = report.qos();
    var lines = new ArrayList<String>();
    lines.add(
        "QoS class and status.qosClass: agree "
            + qos.agree()
            + ", differ "
            + qos.differ().size()
            + ", absent "
            + qos.absent());
    for (PodFigures row : qos.differ()) {
      lines.add(
          "  "
              + row.namespace()
              + "/"
              + row.title()
              + ": "
              + row.qos().text()
              + ", its status says "
              + row.statusQos()
              + " ("
              + row.file()
              + ")");
    }
    return lines;
  }

  private String counts() {
    ResourceReport.Sum cluster = report.cluster();
    var text = new StringBuilder("pods " + cluster.totals().pods());
    if (cluster.ended() > 0) {
      text.append(", of them ended ").append(cluster.ended());
    }
    if (report.superseded() > 0) {
      text.append(", older versions left out ").append(report.superseded());
    }
    if (!report.passedOver().isEmpty()) {
      int others = report.passedOver().values().stream().mapToInt(Integer::intValue).sum();
      text.append(", passed over ").append(others).append(' ');
      text.append(Amounts.counts(new TreeMap<>(report.passedOver())));
    }
    if (!report.problems().isEmpty()) {
      long files = report.problems().stream().map(Problem::file).distinct().count();
      text.append(", problems ").append(report.problems().size());
      text.append(" in ").append(files).append(files == 1 ? " file" : " files");
    }
    return text.toString();
  }
}
