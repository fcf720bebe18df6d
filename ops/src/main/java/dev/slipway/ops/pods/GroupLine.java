package dev.slipway.ops.pods;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One node or namespace in a list: its pods by phase and what they request.
 *
 * @param cpu effective requests together, empty if nobody requests any
 * @param memory the same
 */
public record GroupLine(
    String name,
    long pods,
    long pending,
    long running,
    long succeeded,
    long failed,
    long ready,
    long restarts,
    String cpu,
    String memory) {
  static GroupLine read(JsonNode item) {
    return new GroupLine(
        item.path("name").asText(),
        item.path("pods").asLong(),
        item.path("pending").asLong(),
        item.path("running").asLong(),
        item.path("succeeded").asLong(),
        item.path("failed").asLong(),
        item.path("ready").asLong(),
        item.path("restarts").asLong(),
        item.path("requests").path("cpu").asText(),
        item.path("requests").path("memory").asText());
  }
}
