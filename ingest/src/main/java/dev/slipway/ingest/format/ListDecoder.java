package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.RejectReason;

/**
 * A list of objects: the API server's {@code PodList} and its sisters, which say as of which
 * version they hold, and kubectl's {@code List}, which mixes kinds and says no version.
 */
final class ListDecoder implements FormatDecoder {
  private static final String SUFFIX = "List";

  @Override
  public Format format() {
    return Format.LIST;
  }

  @Override
  public boolean recognises(Envelope record, RecordHeaders headers) {
    return record.text("kind").endsWith(SUFFIX) && record.has("items");
  }

  @Override
  public void decode(Envelope record, RecordHeaders headers, FeedEventSink sink) throws Refusal {
    JsonNode items = record.get("items");
    if (!items.isArray() && !items.isNull()) {
      throw record.refusal(RejectReason.INVALID_OBJECT, "items: must be a list", "items");
    }
    decode(record.root, Times.NONE, sink);
  }

  /** Says what a list says; {@code items} is a list or null. */
  static void decode(JsonNode list, long atNanos, FeedEventSink sink) throws Refusal {
    ObjectKind kind = itemKind(list);
    JsonNode metadata = list.path("metadata");
    String version = Json.text(metadata, "resourceVersion");
    boolean more = !Json.text(metadata, "continue").isEmpty();
    if (kind != ObjectKind.OTHER) {
      sink.accept(new FeedEvent.ListBegun(kind, version));
    }
    for (JsonNode item : list.path("items")) {
      ObjectEvents.emit(Action.LISTED, item, kind, atNanos, sink);
    }
    if (kind != ObjectKind.OTHER) {
      sink.accept(new FeedEvent.ListEnded(kind, version, more));
    }
  }

  /** The kind its items are of; of a list of anything, the kind of the first. */
  private static ObjectKind itemKind(JsonNode list) {
    String kind = Json.text(list, "kind");
    if (kind.equals(SUFFIX)) {
      return ObjectEvents.kindOf(list.path("items").path(0), ObjectKind.OTHER);
    }
    return kind.endsWith(SUFFIX)
        ? ObjectKind.of(
            Json.text(list, "apiVersion"), kind.substring(0, kind.length() - SUFFIX.length()))
        : ObjectKind.OTHER;
  }
}
