package dev.slipway.ingest.repair;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.observe.SnapshotException;
import dev.slipway.ingest.format.Action;
import dev.slipway.ingest.format.ClusterObjectCodec;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.PodRef;
import dev.slipway.ingest.manifest.PodReader;
import dev.slipway.ingest.manifest.PodWriter;
import java.nio.charset.StandardCharsets;

/** The parts of a repair's state that hold whole objects, as JSON and back. */
final class StateJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StateJson() {}

  static byte[] held(ReorderWindow.Held held) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("version", held.version).put("arrival", held.arrivalNanos);
    node.put("at", held.event.atNanos());
    switch (held.event) {
      case FeedEvent.PodSeen seen -> {
        node.put("action", seen.action().name());
        node.set("pod", PodWriter.write(seen.pod()));
      }
      case FeedEvent.PodDeleted deleted -> {
        ref(node.putObject("deleted"), deleted.pod());
        node.put("resourceVersion", deleted.resourceVersion());
      }
      case FeedEvent.PodBound bound -> {
        ref(node.putObject("bound"), bound.pod());
        node.put("node", bound.nodeName());
      }
      default -> throw new IllegalStateException("does not wait: " + held.event);
    }
    return bytes(node);
  }

  static ReorderWindow.Held held(String text, long sequence) {
    JsonNode node = read(text);
    long at = node.path("at").asLong();
    FeedEvent event;
    if (node.has("pod")) {
      Action action = Action.valueOf(node.path("action").asText());
      event = new FeedEvent.PodSeen(action, PodReader.read(node.path("pod")), at);
    } else if (node.has("deleted")) {
      String version = node.path("resourceVersion").asText();
      event = new FeedEvent.PodDeleted(ref(node.path("deleted")), version, at);
    } else {
      event = new FeedEvent.PodBound(ref(node.path("bound")), node.path("node").asText(), at);
    }
    return new ReorderWindow.Held(
        event, node.path("version").asLong(), node.path("arrival").asLong(), sequence);
  }

  static byte[] object(ObjectStories.Held held) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("version", held.version()).put("gone", held.gone());
    node.put("arrival", held.arrivalNanos()).put("mark", held.mark());
    node.set("object", ClusterObjectCodec.write(held.object()));
    return bytes(node);
  }

  static ObjectStories.Held object(byte[] value) {
    JsonNode node = read(new String(value, StandardCharsets.UTF_8));
    return new ObjectStories.Held(
        ClusterObjectCodec.read(node.path("object")),
        node.path("version").asLong(),
        node.path("gone").asBoolean(),
        node.path("arrival").asLong(),
        node.path("mark").asInt());
  }

  private static void ref(ObjectNode node, PodRef ref) {
    node.put("uid", ref.uid()).put("namespace", ref.namespace()).put("name", ref.name());
  }

  private static PodRef ref(JsonNode node) {
    return new PodRef(
        node.path("uid").asText(), node.path("namespace").asText(), node.path("name").asText());
  }

  private static byte[] bytes(ObjectNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new SnapshotException("state of a repair is not JSON: " + e.getOriginalMessage());
    }
  }
}
