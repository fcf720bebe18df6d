package dev.slipway.ingest.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceNames;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The openb trace (alibaba/clusterdata, cluster-trace-gpu-v2023): seconds since its start,
 * thousandths of a CPU, MiB, whole GPUs and thousandths of each.
 *
 * <p>GPUs are one amount per node, in thousandths, so that pods share them as they did; that a
 * share must lie on one device does not count. Models a pod asks for are a node affinity. A pod
 * that Succeeded or Failed ran as long as the trace says from its start on; any other is deleted
 * when the trace says so. The trace names no owners: pods that run until deleted count as a
 * ReplicaSet's, the others as a Job's.
 */
final class OpenbTable {
  /** Thousandths of a GPU. */
  static final String GPU = "alibabacloud.com/gpu-milli";

  static final String GPU_MODEL = "alibabacloud.com/gpu-model";
  private static final String NAMESPACE = "openb";
  private static final long MIB = 1L << 20;
  private static final long MILLI = 1000;

  /** The kubelet's own default; the trace does not say. */
  private static final long PODS_PER_NODE = 110;

  private OpenbTable() {}

  static void nodes(List<Row> rows, TraceBuilder out) {
    for (Row row : rows) {
      String name = row.text("sn");
      var amounts = new TreeMap<String, Quantity>();
      amounts.put(ResourceNames.CPU, Quantity.ofMilli(row.whole("cpu_milli", 0)));
      amounts.put(ResourceNames.MEMORY, Quantity.ofBytes(row.whole("memory_mib", 0) * MIB));
      amounts.put(ResourceNames.PODS, Quantity.of(PODS_PER_NODE));
      long gpus = row.whole("gpu", 0);
      if (gpus > 0) {
        amounts.put(GPU, Quantity.of(gpus * MILLI));
      }
      Map<String, String> labels = new LinkedHashMap<>();
      labels.put("kubernetes.io/hostname", name);
      if (row.has("model")) {
        labels.put(GPU_MODEL, row.text("model"));
      }
      if (out.claim("node " + name, "line " + row.line() + ": sn")) {
        out.nodes.add(new TraceNode(name, labels, ResourceList.of(amounts), false, null));
      }
    }
  }

  static void pods(List<Row> rows, TraceBuilder out) {
    var pods = new PlainPods();
    Map<String, JsonNode> objects = new HashMap<>();
    for (Row row : rows) {
      if (out.claim(row.text("name"), "line " + row.line() + ": name")) {
        out.pods.add(pod(row, pods, objects));
      }
    }
  }

  private static TracePod pod(Row row, PlainPods pods, Map<String, JsonNode> objects) {
    long arrival = seconds(row, "creation_time");
    long deletion = seconds(row, "deletion_time");
    long scheduled = row.has("scheduled_time") ? seconds(row, "scheduled_time") : Times.NONE;
    String phase = row.text("pod_phase");
    boolean ended = phase.equals("Succeeded") || phase.equals("Failed");
    boolean batch = ended && scheduled != Times.NONE && deletion > scheduled;
    Map<String, TracePod.Run> runs =
        batch
            ? Map.of(
                TracePod.ALL_APPS,
                new TracePod.Run(deletion - scheduled, phase.equals("Failed") ? 1 : 0))
            : Map.of();
    var about =
        new PlainPods.Row(
            NAMESPACE,
            row.text("name"),
            row.has("qos") ? Map.of("qos", row.text("qos")) : Map.of(),
            batch ? "Job" : "ReplicaSet",
            row.text("name"),
            requests(row),
            Map.of(),
            batch ? RestartPolicy.NEVER : RestartPolicy.ALWAYS,
            null);
    return new TracePod(
        pods.pod(about, arrival),
        row.has("gpu_spec")
            ? objects.computeIfAbsent(row.text("gpu_spec"), OpenbTable::onModels)
            : null,
        arrival,
        batch ? Times.NONE : deletion,
        "",
        runs,
        TracePod.Usage.UNKNOWN);
  }

  /** A pod that goes to nodes with one of the models: V100M16|V100M32. */
  private static JsonNode onModels(String models) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    ObjectNode term =
        pod.withObject("/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution")
            .putArray("nodeSelectorTerms")
            .addObject();
    ObjectNode one = term.putArray("matchExpressions").addObject();
    one.put("key", GPU_MODEL).put("operator", "In");
    for (String model : models.split("\\|")) {
      one.withArray("/values").add(model);
    }
    return pod;
  }

  private static Map<String, Quantity> requests(Row row) {
    var requests = new TreeMap<String, Quantity>();
    requests.put(ResourceNames.CPU, Quantity.ofMilli(row.whole("cpu_milli", 0)));
    requests.put(ResourceNames.MEMORY, Quantity.ofBytes(row.whole("memory_mib", 0) * MIB));
    long gpus = row.whole("num_gpu", 0) * row.whole("gpu_milli", 0);
    if (gpus > 0) {
      requests.put(GPU, Quantity.of(gpus));
    }
    return requests;
  }

  private static long seconds(Row row, String column) {
    if (!row.has(column)) {
      row.problem(column, "is missing");
    }
    return row.whole(column, 0) * Times.SECOND;
  }
}
