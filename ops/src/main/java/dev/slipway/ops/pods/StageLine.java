package dev.slipway.ops.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;

/**
 * How long the pods of a workload took to one stage of their start, in seconds since creation.
 *
 * @param workload {@code Kind/name}, {@link #ALL} for the whole namespace
 * @param stage {@code scheduled}, {@code sandbox}, {@code started/CONTAINER}, {@code initialized},
 *     {@code ready}
 * @param order place of the stage in a pod's start
 * @param pods how many were measured
 */
public record StageLine(
    String namespace,
    String workload,
    String stage,
    int order,
    long pods,
    long p50,
    long p90,
    long p99,
    long max) {
  /** Stands for all workloads of a namespace. */
  public static final String ALL = "*";

  /** By namespace, the namespace itself first, by workload, then as a pod starts. */
  public static final Comparator<StageLine> IN_ORDER =
      Comparator.comparing(StageLine::namespace)
          .thenComparing(line -> !line.workload().equals(ALL))
          .thenComparing(StageLine::workload)
          .thenComparingInt(StageLine::order)
          .thenComparing(StageLine::stage);

  /** As it is written. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("namespace", namespace);
    json.put("workload", workload);
    json.put("stage", stage);
    json.put("order", order);
    json.put("pods", pods);
    json.put("p50Seconds", p50);
    json.put("p90Seconds", p90);
    json.put("p99Seconds", p99);
    json.put("maxSeconds", max);
    return json;
  }

  static StageLine read(JsonNode item) {
    return new StageLine(
        item.path("namespace").asText(),
        item.path("workload").asText(),
        item.path("stage").asText(),
        item.path("order").asInt(),
        item.path("pods").asLong(),
        item.path("p50Seconds").asLong(),
        item.path("p90Seconds").asLong(),
        item.path("p99Seconds").asLong(),
        item.path("maxSeconds").asLong());
  }
}
