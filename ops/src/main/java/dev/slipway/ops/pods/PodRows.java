package dev.slipway.ops.pods;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import java.io.IOException;

/** Lines of a list of pods as JSON and back; times are epoch nanoseconds, absent where unknown. */
final class PodRows {
  private PodRows() {}

  static void write(JsonGenerator json, PodLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("namespace", line.namespace());
    json.writeStringField("name", line.name());
    json.writeStringField("uid", line.uid());
    json.writeStringField("owner", line.owner());
    json.writeStringField("phase", line.phase().text());
    json.writeBooleanField("ready", line.ready());
    json.writeNumberField("readyContainers", line.readyContainers());
    json.writeNumberField("containers", line.containers());
    json.writeStringField("status", line.status());
    json.writeNumberField("restarts", line.restarts());
    time(json, "lastRestart", line.lastRestart());
    time(json, "created", line.created());
    json.writeStringField("podIP", line.podIP());
    json.writeStringField("node", line.node());
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String field, long nanos) throws IOException {
    if (nanos != Times.NONE) {
      json.writeNumberField(field, nanos);
    }
  }

  static PodLine read(JsonNode item) {
    return new PodLine(
        item.path("namespace").asText(),
        item.path("name").asText(),
        item.path("uid").asText(),
        item.path("owner").asText(),
        PodPhase.of(item.path("phase").asText()),
        item.path("ready").asBoolean(),
        item.path("readyContainers").asInt(),
        item.path("containers").asInt(),
        item.path("status").asText(),
        item.path("restarts").asInt(),
        item.path("lastRestart").asLong(Times.NONE),
        item.path("created").asLong(Times.NONE),
        item.path("podIP").asText(),
        item.path("node").asText());
  }
}
