package dev.slipway.ingest.trace;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tables whose columns say what they are; docs/replay.md lists them. */
final class PlainTable {
  private static final Set<String> POD_COLUMNS =
      Set.of(
          "name",
          "namespace",
          "arrival",
          "deletion",
          "run",
          "exit",
          "cpu",
          "memory",
          "cpu_limit",
          "memory_limit",
          "gpu",
          "priority",
          "owner",
          "node",
          "used_cpu",
          "used_memory");
  private static final Set<String> NODE_COLUMNS = Set.of("name", "cpu", "memory", "pods", "gpu");
  private static final String LABEL = "label:";
  private static final String GPU = "nvidia.com/gpu";

  /** The kubelet's own default. */
  private static final long PODS_PER_NODE = 110;

  private static final long MIB = 1L << 20;

  private PlainTable() {}

  private static void checkColumns(Set<String> columns, Set<String> known, TraceBuilder out) {
    for (String column : columns) {
      if (!known.contains(column) && !column.startsWith(LABEL)) {
        out.problem("line 1: " + column, "unknown column");
      }
    }
  }

  static void nodes(List<Row> rows, Set<String> columns, TraceBuilder out) {
    checkColumns(columns, NODE_COLUMNS, out);
    for (Row row : rows) {
      var amounts = new TreeMap<String, Quantity>();
      put(amounts, ResourceNames.CPU, row, "cpu");
      put(amounts, ResourceNames.MEMORY, row, "memory");
      put(amounts, GPU, row, "gpu");
      amounts.put(
          ResourceNames.PODS, row.has("pods") ? row.amount("pods") : Quantity.of(PODS_PER_NODE));
      if (out.claim("node " + row.text("name"), "line " + row.line() + ": name")) {
        out.nodes.add(
            new TraceNode(row.text("name"), labels(row), ResourceList.of(amounts), false, null));
      }
    }
  }

  static void pods(List<Row> rows, Set<String> columns, TraceBuilder out) {
    checkColumns(columns, POD_COLUMNS, out);
    var pods = new PlainPods();
    for (Row row : rows) {
      String namespace = row.has("namespace") ? row.text("namespace") : "default";
      if (out.claim(namespace + "/" + row.text("name"), "line " + row.line() + ": name")) {
        out.pods.add(pod(row, namespace, pods));
      }
    }
  }

  private static TracePod pod(Row row, String namespace, PlainPods pods) {
    long arrival = row.time("arrival");
    if (arrival == Times.NONE) {
      row.problem("arrival", "is missing");
      arrival = 0;
    }
    long run = row.time("run");
    String owner = row.has("owner") ? row.text("owner") : "";
    int slash = owner.indexOf('/');
    var about =
        new PlainPods.Row(
            namespace,
            row.text("name"),
            labels(row),
            slash < 0 ? owner : owner.substring(0, slash),
            slash < 0 ? row.text("name") : owner.substring(slash + 1),
            amounts(row, "cpu", "memory"),
            amounts(row, "cpu_limit", "memory_limit"),
            run == Times.NONE ? RestartPolicy.ALWAYS : RestartPolicy.NEVER,
            row.has("priority") ? (int) row.whole("priority", 0) : null);
    return new TracePod(
        pods.pod(about, arrival),
        null,
        arrival,
        row.time("deletion"),
        row.text("node"),
        run == Times.NONE
            ? Map.of()
            : Map.of(TracePod.ALL_APPS, new TracePod.Run(run, (int) row.whole("exit", 0))),
        usage(row));
  }

  private static TracePod.Usage usage(Row row) {
    return new TracePod.Usage(
        row.has("used_cpu") ? row.amount("used_cpu").milliValue() : -1,
        row.has("used_memory") ? row.amount("used_memory").value() : -1);
  }

  private static Map<String, Quantity> amounts(Row row, String cpu, String memory) {
    var amounts = new TreeMap<String, Quantity>();
    put(amounts, ResourceNames.CPU, row, cpu);
    put(amounts, ResourceNames.MEMORY, row, memory);
    put(amounts, GPU, row, "gpu");
    return amounts;
  }

  private static void put(Map<String, Quantity> amounts, String name, Row row, String column) {
    if (row.has(column)) {
      amounts.put(name, row.amount(column));
    }
  }

  private static Map<String, String> labels(Row row) {
    Map<String, String> labels = new LinkedHashMap<>();
    row.values()
        .forEach((column, value) -> {
          if (column.startsWith(LABEL) && !value.isEmpty()) {
            labels.put(column.substring(LABEL.length()), value);
          }
        });
    return labels;
  }

  /** Tasks of OpenDC's SURF traces: milliseconds, MiB; each is a pod that runs once. */
  static void tasks(List<Row> rows, TraceBuilder out) {
    var pods = new PlainPods();
    for (Row row : rows) {
      long arrival = row.whole("submission_time", 0) * Times.MILLI;
      String name = "task-" + (row.has("id") ? row.text("id") : "l" + row.line());
      var requests = new TreeMap<String, Quantity>();
      requests.put(ResourceNames.CPU, Quantity.of(row.whole("cpu_count", 1)));
      requests.put(ResourceNames.MEMORY, Quantity.ofBytes(row.whole("mem_capacity", 0) * MIB));
      var about =
          new PlainPods.Row(
              "surf", name, Map.of(), "Job", name, requests, Map.of(), RestartPolicy.NEVER, null);
      out.pods.add(
          new TracePod(
              pods.pod(about, arrival),
              null,
              arrival,
              Times.NONE,
              "",
              Map.of(
                  TracePod.ALL_APPS, new TracePod.Run(row.whole("duration", 0) * Times.MILLI, 0)),
              TracePod.Usage.UNKNOWN));
    }
  }
}
