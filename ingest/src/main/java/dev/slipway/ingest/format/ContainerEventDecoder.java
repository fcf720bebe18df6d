package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * {@code ContainerEventResponse} of a container runtime as JSON, with the name of its {@code node}
 * beside it (k8s.io/cri-api pkg/apis/runtime/v1/api.proto, 1.37). Takes both spellings of names,
 * protobuf's JSON and Go's, and numbers or names of the types.
 */
final class ContainerEventDecoder implements FormatDecoder {
  @Override
  public Format format() {
    return Format.CONTAINER_EVENT;
  }

  @Override
  public boolean recognises(Envelope record, RecordHeaders headers) {
    return (record.has("containerId") && record.has("createdAt"))
        || (record.has("container_id") && record.has("created_at"));
  }

  @Override
  public void decode(Envelope record, RecordHeaders headers, FeedEventSink sink) throws Refusal {
    JsonNode root = record.root;
    RuntimeStep step = step(Json.field(root, "containerEventType", "container_event_type"));
    if (step == null) {
      throw record.refusal(
          RejectReason.UNKNOWN_TYPE,
          "unknown type of container event",
          record.has("containerEventType") ? "containerEventType" : "container_event_type");
    }
    JsonNode sandbox = Json.field(root, "podSandboxStatus", "pod_sandbox_status");
    JsonNode metadata = sandbox.path("metadata");
    var pod =
        new PodRef(
            Json.text(metadata, "uid"),
            Json.text(metadata, "namespace"),
            Json.text(metadata, "name"));
    if (!pod.known()) {
      throw new Refusal(
          RejectReason.NO_IDENTITY, "sandbox has neither uid nor namespace and name", -1);
    }
    String id = Json.text(root, "containerId", "container_id");
    JsonNode status = statusOf(Json.field(root, "containersStatuses", "containers_statuses"), id);
    sink.accept(
        new FeedEvent.RuntimeSeen(
            pod,
            Json.text(root, "node"),
            Json.text(status.path("metadata"), "name"),
            id,
            step,
            step == RuntimeStep.STOPPED ? exitCode(status) : FeedEvent.RuntimeSeen.NO_EXIT_CODE,
            Json.whole(Json.field(root, "createdAt", "created_at"), Times.NONE)));
  }

  /** Protobuf's JSON leaves the first of the values out. */
  private static @Nullable RuntimeStep step(JsonNode type) {
    if (type.isMissingNode()) {
      return RuntimeStep.CREATED;
    }
    return switch (type.asText()) {
      case "CONTAINER_CREATED_EVENT", "0" -> RuntimeStep.CREATED;
      case "CONTAINER_STARTED_EVENT", "1" -> RuntimeStep.STARTED;
      case "CONTAINER_STOPPED_EVENT", "2" -> RuntimeStep.STOPPED;
      case "CONTAINER_DELETED_EVENT", "3" -> RuntimeStep.DELETED;
      default -> null;
    };
  }

  private static JsonNode statusOf(JsonNode statuses, String id) {
    for (JsonNode status : statuses) {
      if (Json.text(status, "id").equals(id)) {
        return status;
      }
    }
    return statuses.path(-1);
  }

  /** Zero is left out too, so a status without a code has exited with 0. */
  private static int exitCode(JsonNode status) {
    return status.isMissingNode()
        ? FeedEvent.RuntimeSeen.NO_EXIT_CODE
        : (int) Json.whole(Json.field(status, "exitCode", "exit_code"), 0);
  }
}
