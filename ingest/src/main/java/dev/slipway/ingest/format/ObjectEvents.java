package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.ingest.feed.RejectReason;
import dev.slipway.ingest.manifest.FieldProblems;
import dev.slipway.ingest.manifest.PodReader;

/** Turns an API object, whatever its kind, and what happened to it into an event. */
final class ObjectEvents {
  private ObjectEvents() {}

  /**
   * Says that this happened to the object.
   *
   * @param usual the kind of an object that does not name its own
   */
  static void emit(
      Action action, JsonNode object, ObjectKind usual, long atNanos, FeedEventSink sink)
      throws Refusal {
    if (!object.isObject()) {
      throw new Refusal(RejectReason.INVALID_OBJECT, "object is not a JSON object", -1);
    }
    emit(action, kindOf(object, usual), object, atNanos, sink);
  }

  private static void emit(
      Action action, ObjectKind kind, JsonNode object, long atNanos, FeedEventSink sink)
      throws Refusal {
    switch (kind) {
      case POD -> pod(action, object, atNanos, sink);
      case EVENT -> sink.accept(CoreEvents.read(object));
      case OTHER -> sink.accept(new FeedEvent.Skipped(Skip.OTHER_KIND));
      case NODE, NAMESPACE, RESOURCE_QUOTA, LIMIT_RANGE, RUNTIME_CLASS, PRIORITY_CLASS ->
          sink.accept(
              new FeedEvent.ObjectSeen(
                  action, ClusterObjects.read(kind, object, metadata(object)), atNanos));
    }
  }

  /** The kind of an object; one that names neither kind nor version is of the usual one. */
  static ObjectKind kindOf(JsonNode object, ObjectKind usual) {
    JsonNode kind = object.path("kind");
    JsonNode version = object.path("apiVersion");
    if (kind.isMissingNode() || (kind.isTextual() && kind.textValue().isEmpty())) {
      return usual;
    }
    return ObjectKind.of(Json.text(version), Json.text(kind));
  }

  private static ObjectMeta metadata(JsonNode object) throws Refusal {
    if (!object.path("metadata").isObject()) {
      throw new Refusal(RejectReason.INVALID_OBJECT, "metadata: must be an object", -1);
    }
    ObjectMeta metadata = PodReader.readMetadata(object.path("metadata"), FieldProblems.IGNORED);
    if (metadata.name().isEmpty()) {
      throw new Refusal(RejectReason.NO_IDENTITY, "object has no name", -1);
    }
    return metadata;
  }

  private static void pod(Action action, JsonNode object, long atNanos, FeedEventSink sink)
      throws Refusal {
    if (!object.path("metadata").isObject()) {
      throw new Refusal(RejectReason.INVALID_POD, "metadata: must be an object", -1);
    }
    boolean whole = object.path("spec").isObject();
    if (!whole && action != Action.DELETED) {
      throw new Refusal(RejectReason.INVALID_POD, "spec: must be an object", -1);
    }
    Pod pod = PodText.trimmed(PodReader.read(object));
    PodRef ref = PodRef.of(pod.metadata());
    if (!ref.known()) {
      throw new Refusal(RejectReason.NO_IDENTITY, "pod has neither uid nor namespace and name", -1);
    }
    sink.accept(
        whole
            ? new FeedEvent.PodSeen(action, pod, atNanos)
            : new FeedEvent.PodDeleted(ref, pod.metadata().resourceVersion(), atNanos));
  }
}
