package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.RejectReason;

/**
 * Actions of a recording by {@code kwokctl snapshot record}: one {@code ResourcePatch} each, in
 * JSON (kwok pkg/apis/action/v1alpha1). Objects in it have lost UID and version; their time counts
 * from the start of the recording. A patch holds only what changed and so no object.
 */
final class KwokDecoder implements FormatDecoder {
  private static final String GROUP = "action.kwok.x-k8s.io/";

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
    switch (record.text("method")) {
      case "create" -> ObjectEvents.emit(Action.ADDED, record.get("template"), kind, at, sink);
      case "delete" -> ObjectEvents.emit(Action.DELETED, named(record), kind, at, sink);
      case "patch" -> sink.accept(new FeedEvent.Skipped(Skip.NO_OBJECT));
      default ->
          throw record.refusal(
              RejectReason.UNKNOWN_TYPE, "unknown method: " + record.text("method"), "method");
    }
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
