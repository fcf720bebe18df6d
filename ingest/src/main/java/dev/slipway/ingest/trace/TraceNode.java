package dev.slipway.ingest.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.resources.ResourceList;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One node of a cluster.
 *
 * @param object the node as JSON, null where there is none
 */
public record TraceNode(
    String name,
    Map<String, String> labels,
    ResourceList allocatable,
    boolean unschedulable,
    @Nullable JsonNode object) {
  public TraceNode {
    labels = Map.copyOf(new TreeMap<>(labels));
  }
}
