package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ingest.feed.RejectReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents of Knative's ApiServerSource in resource mode, structured (one JSON object) or binary
 * (attributes in the headers {@code ce_...}, the object alone in the value). In reference mode they
 * hold no object (knative.dev/eventing pkg/adapter/apiserver/events).
 */
final class CloudEventDecoder implements FormatDecoder {
  static final String TYPE_HEADER = "ce_type";
  static final String TIME_HEADER = "ce_time";

  private static final String RESOURCE = "dev.knative.apiserver.resource.";
  private static final String REFERENCE = "dev.knative.apiserver.ref.";

  @Override
  public Format format() {
    return Format.CLOUD_EVENT;
  }

  @Override
  public boolean recognises(Envelope record, RecordHeaders headers) {
    return record.has("specversion") || !headers.text(TYPE_HEADER).isEmpty();
  }

  @Override
  public void decode(Envelope record, RecordHeaders headers, FeedEventSink sink) throws Refusal {
    String type = headers.text(TYPE_HEADER);
    if (!type.isEmpty()) {
      decode(type, record.root, Json.time(headers.text(TIME_HEADER)), "", record, sink);
    } else {
      long at = Json.time(record.get("time"));
      decode(record.text("type"), data(record), at, "type", record, sink);
    }
  }

  private static void decode(
      String type, JsonNode data, long at, String place, Envelope record, FeedEventSink sink)
      throws Refusal {
    Action action = action(type);
    if (action != null) {
      ObjectEvents.emit(action, data, ObjectKind.OTHER, at, sink);
    } else if (type.startsWith(REFERENCE)) {
      sink.accept(new FeedEvent.Skipped(Skip.NO_OBJECT));
    } else {
      throw record.refusal(RejectReason.UNKNOWN_TYPE, "unknown type of CloudEvent: " + type, place);
    }
  }

  /** What a resource event says, null for any other. */
  static @Nullable Action action(String type) {
    if (!type.startsWith(RESOURCE)) {
      return null;
    }
    return switch (type.substring(RESOURCE.length())) {
      case "add" -> Action.ADDED;
      case "update" -> Action.MODIFIED;
      case "delete" -> Action.DELETED;
      default -> null;
    };
  }

  private static JsonNode data(Envelope record) throws Refusal {
    JsonNode base64 = record.get("data_base64");
    if (!base64.isTextual()) {
      return record.get("data");
    }
    try {
      return Envelope.read(base64.binaryValue()).root;
    } catch (IOException | IllegalArgumentException _) {
      throw record.refusal(
          RejectReason.MALFORMED, "data_base64 is not JSON in base64", "data_base64");
    }
  }
}
