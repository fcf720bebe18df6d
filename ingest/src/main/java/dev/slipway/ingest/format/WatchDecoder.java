package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ingest.feed.RejectReason;

/**
 * {@code {"type":"ADDED","object":{...}}}: the lines of a Kubernetes watch, of {@code kubectl get
 * --watch --output-watch-events -o json}, and of OpenTelemetry's k8sobjects receiver with encoding
 * raw. A field {@code time} beside them is the moment a recorder saw the line.
 */
final class WatchDecoder implements FormatDecoder {
  /** k8s.io/apimachinery pkg/apis/meta/v1/types.go, InitialEventsAnnotationKey, 1.37. */
  private static final String LIST_ENDS = "k8s.io/initial-events-end";

  @Override
  public Format format() {
    return Format.WATCH;
  }

  @Override
  public boolean recognises(Envelope record, RecordHeaders headers) {
    return record.has("object") || (record.has("type") && !record.has("kind"));
  }

  @Override
  public void decode(Envelope record, RecordHeaders headers, FeedEventSink sink) throws Refusal {
    for (String field : new String[] {"type", "object"}) {
      if (!record.has(field)) {
        throw new Refusal(RejectReason.NOT_A_WATCH_RECORD, "record has no field " + field, -1);
      }
    }
    if (!record.get("type").isTextual()) {
      throw record.refusal(RejectReason.NOT_A_WATCH_RECORD, "type is not a string", "type");
    }
    if (!record.get("object").isObject()) {
      throw record.refusal(
          RejectReason.NOT_A_WATCH_RECORD, "object is not a JSON object", "object");
    }
    if (!decode(record.text("type"), record.get("object"), Json.time(record.get("time")), sink)) {
      throw record.refusal(
          RejectReason.UNKNOWN_TYPE, "unknown type: " + record.text("type"), "type");
    }
  }

  /** Says what a watch event says; false if its type is none. */
  static boolean decode(String type, JsonNode object, long atNanos, FeedEventSink sink)
      throws Refusal {
    switch (type) {
      case "ADDED" -> ObjectEvents.emit(Action.ADDED, object, ObjectKind.POD, atNanos, sink);
      case "MODIFIED" -> ObjectEvents.emit(Action.MODIFIED, object, ObjectKind.POD, atNanos, sink);
      case "DELETED" -> ObjectEvents.emit(Action.DELETED, object, ObjectKind.POD, atNanos, sink);
      case "BOOKMARK" -> sink.accept(bookmark(object));
      case "ERROR" -> sink.accept(failure(object));
      case "EVENT" -> ObjectEvents.emit(Action.ADDED, object, ObjectKind.EVENT, atNanos, sink);
      case "PullEnd" -> sink.accept(new FeedEvent.Skipped(Skip.MARK));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static FeedEvent bookmark(JsonNode object) {
    return new FeedEvent.Bookmark(
        ObjectEvents.kindOf(object, ObjectKind.POD),
        Json.text(object.path("metadata"), "resourceVersion"),
        Json.text(object.path("metadata").path("annotations"), LIST_ENDS).equals("true"));
  }

  private static FeedEvent failure(JsonNode status) {
    return new FeedEvent.WatchFailed(
        (int) Json.whole(status.path("code"), 0),
        Json.text(status, "reason"),
        Json.text(status, "message"));
  }
}
