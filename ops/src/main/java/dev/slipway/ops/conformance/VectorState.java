package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.Sandbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pod in the engine's own state, read from a case: pod object, runtime view, resources last set.
 * The vectors name sandboxes and records by text, the engine by number; both are kept here.
 */
final class VectorState {
  private static final String ID_SCHEME = "cri://";

  final PodState pod;
  private final Map<String, Sandbox> sandboxes = new HashMap<>();
  private final Map<Sandbox, String> sandboxIds = new HashMap<>();
  private final Map<String, Integer> recordNumbers = new HashMap<>();
  private final List<String> recordIds = new ArrayList<>(List.of(""));

  /** A pod that was read otherwise. */
  VectorState(PodState pod) {
    this.pod = pod;
  }

  /** Reads {@code in.pod}. */
  VectorState(JsonNode podJson) {
    PodShape shape = PodShape.of(VectorPods.spec(podJson));
    var meta = VectorPods.meta(podJson);
    boolean isStatic = "file".equals(meta.annotations().get("kubernetes.io/config.source"));
    this.pod = new PodState(meta, shape, isStatic);
  }

  /** Reads {@code in.pod}, {@code in.view} and {@code in.actuated}. */
  static VectorState of(JsonNode in) {
    var state = new VectorState(in.path("pod"));
    state.view(in.path("view"));
    state.actuated(in.path("actuated"));
    return state;
  }

  /** Replaces the runtime view. */
  void view(JsonNode view) {
    pod.sandbox = null;
    Sandbox newer = null;
    for (JsonNode s : view.path("sandboxes")) {
      Sandbox sandbox = sandbox(s);
      if (newer == null) {
        pod.sandbox = sandbox;
      } else {
        newer.older = sandbox;
      }
      newer = sandbox;
    }
    for (ContainerSlot slot : pod.slots) {
      slot.newest = null;
    }
    List<JsonNode> oldestFirst = new ArrayList<>();
    view.path("records").forEach(oldestFirst::addFirst);
    for (JsonNode r : oldestFirst) {
      int c = pod.shape.ordinal(r.path("name").asText());
      if (c >= 0) {
        ContainerRecord record = record(r);
        record.older = pod.slots[c].newest;
        pod.slots[c].newest = record;
      }
    }
  }

  private Sandbox sandbox(JsonNode s) {
    JsonNode ip = s.path("ip");
    var sandbox =
        new Sandbox(
            s.path("attempt").asInt(),
            s.path("state").asText().equals("READY"),
            ip.isTextual() ? ip.asText() : null,
            s.path("networkMode").asText().equals("NODE"));
    sandboxes.put(s.path("id").asText(), sandbox);
    sandboxIds.put(sandbox, s.path("id").asText());
    return sandbox;
  }

  /** A record may be of a sandbox the runtime no longer lists. */
  private ContainerRecord record(JsonNode r) {
    Sandbox sandbox =
        sandboxes.computeIfAbsent(
            r.path("sandboxId").asText(), id -> new Sandbox(0, false, null, false));
    String id = r.path("id").asText();
    String image = r.has("image") ? r.path("image").asText() : "img/" + r.path("name").asText();
    var record = new ContainerRecord(number(id), sandbox, image, r.path("restartCount").asInt());
    switch (r.path("state").asText()) {
      case "created" -> {}
      case "running" -> record.started(time(r, "startedMs"));
      case "exited" -> {
        record.started(time(r, "startedMs"));
        record.exited(
            r.path("exitCode").asInt(),
            r.path("reason").asText(""),
            r.path("message").asText(""),
            time(r, "finishedMs"),
            ID_SCHEME + id);
      }
      case "unknown" -> record.unknown();
      default -> throw new IllegalArgumentException("unknown state: " + r);
    }
    record.imageId = "ref-" + r.path("name").asText();
    record.result(ProbeType.LIVENESS, result(r.path("liveness")));
    record.result(ProbeType.STARTUP, result(r.path("startup")));
    record.result(ProbeType.READINESS, result(r.path("readiness")));
    return record;
  }

  /** The number of a record, given out at its first mention. */
  int number(String id) {
    return recordNumbers.computeIfAbsent(
        id,
        _ -> {
          recordIds.add(id);
          return recordIds.size() - 1;
        });
  }

  /** The number of the record a {@code containerID} names, 0 if it names none. */
  int numberOfContainerId(String containerId) {
    return containerId.isEmpty()
        ? 0
        : number(
            containerId.substring(
                containerId.indexOf("://") < 0 ? 0 : containerId.indexOf("://") + 3));
  }

  String recordId(int number) {
    return recordIds.get(number);
  }

  /** The {@code containerID} of a record, empty if there is none. */
  String containerId(int number) {
    return number == 0 ? "" : ID_SCHEME + recordIds.get(number);
  }

  /** The vectors' {@code containerID} for one the engine prints. */
  String shownContainerId(String engineId) {
    return containerId(Integer.parseInt(engineId.substring(engineId.lastIndexOf('/') + 1)));
  }

  String sandboxId(@Nullable Sandbox sandbox) {
    return sandbox == null ? "" : sandboxIds.getOrDefault(sandbox, "");
  }

  private void actuated(JsonNode actuated) {
    actuated
        .path("containers")
        .fields()
        .forEachRemaining(e -> {
          int c = pod.shape.ordinal(e.getKey());
          if (c >= 0) {
            pod.slots[c].actuated = VectorPods.resources(e.getValue());
          }
        });
    pod.actuated =
        actuated.has("pod")
            ? VectorPods.resources(actuated.path("pod"))
            : ResourceRequirements.NONE;
  }

  static ProbeResult result(JsonNode value) {
    return switch (value.asText("")) {
      case "Success" -> ProbeResult.SUCCESS;
      case "Failure" -> ProbeResult.FAILURE;
      case "Unknown" -> ProbeResult.UNKNOWN;
      default -> ProbeResult.NONE;
    };
  }

  /** A time in milliseconds, 0 or absent: none. */
  static long time(JsonNode node, String field) {
    long ms = node.path(field).asLong(0);
    return ms == 0 ? Times.NONE : ms * Times.MILLI;
  }
}
