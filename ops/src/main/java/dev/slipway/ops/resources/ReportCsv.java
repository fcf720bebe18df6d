package dev.slipway.ops.resources;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ResourceList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report as CSV (RFC 4180): a line per pod, then per namespace, then the cluster. Amounts
 * are plain numbers: cores, bytes, pieces. An empty cell is an amount that is not there; "none" is
 * a limit that is not there.
 */
final class ReportCsv {
  private final ResourceReport report;
  private final List<String> names;

  ReportCsv(ResourceReport report) {
    this.report = report;
    var found = new TreeSet<String>(List.of(Amounts.CPU, Amounts.MEMORY));
    for (PodFigures row : report.rows()) {
      found.addAll(row.request().toMap().keySet());
      found.addAll(row.limit().toMap().keySet());
    }
    names = List.copyOf(found);
  }

  List<String> lines() {
    var records = new ArrayList<Map<String, String>>();
    report.rows().forEach(row -> records.add(pod(row)));
    report.namespaces().forEach(sum -> records.add(sum("namespace", sum)));
    records.add(sum("cluster", report.cluster()));
    Map<String, String> columns = new LinkedHashMap<>();
    records.forEach(record -> record.keySet().forEach(name -> columns.putIfAbsent(name, "")));
    var lines = new ArrayList<String>();
    lines.add(join(List.copyOf(columns.keySet())));
    for (Map<String, String> record : records) {
      lines.add(
          join(columns.keySet().stream().map(name -> record.getOrDefault(name, "")).toList()));
    }
    return lines;
  }

  private Map<String, String> pod(PodFigures row) {
    var cells = new LinkedHashMap<String, String>();
    cells.put("row", "pod");
    cells.put("namespace", row.namespace());
    cells.put("kind", row.kind());
    cells.put("name", row.name());
    cells.put("pods", Integer.toString(row.pods()));
    cells.put("ended", row.ended() ? Integer.toString(row.pods()) : "0");
    cells.put("phase", row.phase() == null ? "" : row.phase().text());
    cells.put("qos", row.qos().text());
    cells.put("status_qos", row.statusQos());
    put(cells, "request", row.request());
    for (String name : names) {
      boolean unlimited = row.unlimited().contains(name);
      cells.put("limit_" + name, unlimited ? Amounts.NONE : number(row.limit(), name));
    }
    put(cells, "declared_limit", row.limit());
    put(cells, "init_peak", row.split().initPeak());
    put(cells, "steady", row.split().steady());
    put(cells, "unused_after_start", row.split().unusedAfterStart());
    put(cells, "naive", row.naive());
    put(cells, "difference", row.difference());
    cells.put("cgroup_cpu_shares", text(row.cgroup().cpuShares()));
    cells.put("cgroup_cpu_weight", text(row.cgroup().cpuWeight()));
    cells.put("cgroup_cpu_max", text(row.cgroup().cpuMax()));
    cells.put("cgroup_memory_max", text(row.cgroup().memory()));
    cells.put(
        "oom_score_adj",
        row.containers().stream()
            .map(container -> container.name() + "=" + container.oomScoreAdj())
            .collect(Collectors.joining(" ")));
    cells.put("file", row.file());
    return cells;
  }

  private Map<String, String> sum(String kind, ResourceReport.Sum sum) {
    var cells = new LinkedHashMap<String, String>();
    cells.put("row", kind);
    cells.put("namespace", sum.name());
    cells.put("pods", Long.toString(sum.totals().pods()));
    cells.put("ended", Long.toString(sum.ended()));
    put(cells, "request", sum.totals().requests());
    put(cells, "declared_limit", sum.totals().limits());
    put(cells, "unused_after_start", sum.totals().initReserved());
    put(cells, "naive", sum.naive());
    put(cells, "difference", sum.difference());
    cells.put("unlimited_pods_cpu", Long.toString(sum.totals().unlimited(Amounts.CPU)));
    cells.put("unlimited_pods_memory", Long.toString(sum.totals().unlimited(Amounts.MEMORY)));
    return cells;
  }

  private void put(Map<String, String> cells, String column, ResourceList list) {
    names.forEach(name -> cells.put(column + "_" + name, number(list, name)));
  }

  private static String number(ResourceList list, String name) {
    Quantity amount = list.get(name);
    return amount == null ? "" : amount.toBigDecimal().stripTrailingZeros().toPlainString();
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String join(List<String> cells) {
    return cells.stream().map(ReportCsv::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String cell) {
    return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? "\"" + cell.replace("\"", "\"\"") + "\""
        : cell;
  }
}
