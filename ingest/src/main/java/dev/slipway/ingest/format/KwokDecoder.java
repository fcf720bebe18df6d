package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.RejectReason;

/**
 * Actions of a recording by {@code kwokctl snapshot record}: one {@code ResourcePatch} each, in
 * JSON (kwok pkg/apis/action/v1alpha1). Objects in it have lost UID and version; their time counts
 * from the start of the recording. A patch is what changed since the action before (kwok
 * pkg/kwokctl/recording/api.go, 0.7) and is applied to that, if this decoder has seen it.
 */
final class KwokDecoder implements FormatDecoder {
  private static final String GROUP = "action.kwok.x-k8s.io/";

  private final KwokObjects objects = new KwokObjects();

  @Override
  public Format format() {
    return Format.KWOK;
  }

  @Override
  public boolean recognises(Envelope record, RecordHeaders headers) {
    return record.text("apiVersion").startsWith(GROUP);
  }

  @Override
  public void decode(Envelope record, RecordHeaders headers, FeedEventSink sink) throws Refusal {
    JsonNode resource = record.get("resource");
    ObjectKind kind =
        ObjectKind.ofResource(Json.text(resource, "group"), Json.text(resource, "resource"));
    if (kind == null) {
      sink.accept(new FeedEvent.Skipped(Skip.OTHER_KIND));
      return;
    }
    long at = Json.whole(record.get("durationNanosecond"), Times.NONE);
    String key = keyOf(record);
    switch (record.text("method")) {
      case "create" -> {
        JsonNode object = KwokObjects.dated(record.get("template"));
        ObjectEvents.emit(Action.ADDED, object, kind, at, sink);
        remember(key, object);
      }
      case "delete" -> {
        ObjectEvents.emit(Action.DELETED, named(record), kind, at, sink);
        objects.remove(key);
      }
      case "patch" -> patch(key, kind, at, record, sink);
      default ->
          throw record.refusal(
              RejectReason.UNKNOWN_TYPE, "unknown method: " + record.text("method"), "method");
    }
  }

  private void patch(String key, ObjectKind kind, long at, Envelope record, FeedEventSink sink)
      throws Refusal {
    if (!(KwokObjects.dated(record.get("template")) instanceof ObjectNode patch)) {
      throw record.refusal(RejectReason.INVALID_OBJECT, "template: must be an object", "template");
    }
    ObjectNode object = objects.get(key);
    if (object == null) {
      sink.accept(
          kind == ObjectKind.POD
              ? new FeedEvent.BaseMissing(target(record))
              : new FeedEvent.Skipped(Skip.NO_OBJECT));
      return;
    }
    StrategicMerge.apply(object, patch);
    ObjectEvents.emit(Action.MODIFIED, object, kind, at, sink);
    remember(key, object);
  }

  private void remember(String key, JsonNode object) {
    if (object instanceof ObjectNode known) {
      objects.put(key, known);
    }
  }

  /** What later patches build on. */
  KwokObjects objects() {
    return objects;
  }

  private static PodRef target(Envelope record) {
    JsonNode target = record.get("target");
    return new PodRef("", Json.text(target, "namespace"), Json.text(target, "name"));
  }

  private static String keyOf(Envelope record) {
    JsonNode target = record.get("target");
    return Json.text(record.get("resource"), "resource")
        + "/"
        + Json.text(target, "namespace")
        + "/"
        + Json.text(target, "name");
  }

  private static ObjectNode named(Envelope record) {
    ObjectNode object = record.root.objectNode();
    JsonNode target = record.get("target");
    object
        .putObject("metadata")
        .put("name", Json.text(target, "name"))
        .put("namespace", Json.text(target, "namespace"));
    return object;
  }
}
