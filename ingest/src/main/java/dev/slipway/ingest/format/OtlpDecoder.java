package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.RejectReason;

/**
 * OpenTelemetry logs in OTLP's JSON with the bodies of the k8sobjects receiver: a watch event, or
 * from a pull the object alone (receiver/k8sobjectsreceiver/unstructured_to_logdata.go of the
 * collector's contrib repository; opentelemetry-proto logs/v1).
 */
final class OtlpDecoder implements FormatDecoder {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Override
  public Format format() {
    return Format.OTLP;
  }

  @Override
  public boolean recognises(Envelope record, RecordHeaders headers) {
    return record.has("resourceLogs");
  }

  @Override
  public void decode(Envelope record, RecordHeaders headers, FeedEventSink sink) throws Refusal {
    if (!record.get("resourceLogs").isArray()) {
      throw record.refusal(
          RejectReason.INVALID_OBJECT, "resourceLogs: must be a list", "resourceLogs");
    }
    for (JsonNode resource : record.get("resourceLogs")) {
      for (JsonNode scope : resource.path("scopeLogs")) {
        for (JsonNode log : scope.path("logRecords")) {
          log(log, sink);
        }
      }
    }
  }

  private static void log(JsonNode log, FeedEventSink sink) throws Refusal {
    JsonNode body = value(log.path("body"));
    long at = time(log);
    JsonNode object = body.path("object");
    if (!object.isObject()) {
      ObjectEvents.emit(Action.LISTED, body, ObjectKind.OTHER, at, sink);
    } else if (!WatchDecoder.decode(Json.text(body, "type"), object, at, sink)) {
      throw new Refusal(RejectReason.UNKNOWN_TYPE, "unknown type: " + Json.text(body, "type"), -1);
    }
  }

  private static long time(JsonNode log) {
    long time = Json.whole(log.path("timeUnixNano"), 0);
    long observed = Json.whole(log.path("observedTimeUnixNano"), 0);
    return time != 0 ? time : observed != 0 ? observed : Times.NONE;
  }

  /** The plain form of an {@code AnyValue}. */
  private static JsonNode value(JsonNode any) {
    JsonNode map = any.path("kvlistValue");
    JsonNode list = any.path("arrayValue");
    if (map.isObject()) {
      ObjectNode object = JSON.objectNode();
      for (JsonNode entry : map.path("values")) {
        object.set(Json.text(entry, "key"), value(entry.path("value")));
      }
      return object;
    }
    if (list.isObject()) {
      ArrayNode array = JSON.arrayNode();
      for (JsonNode element : list.path("values")) {
        array.add(value(element));
      }
      return array;
    }
    return scalar(any);
  }

  /** 64-bit numbers are texts in this JSON; an empty value is null. */
  private static JsonNode scalar(JsonNode any) {
    JsonNode text = any.path("stringValue");
    JsonNode whole = any.path("intValue");
    if (!text.isMissingNode()) {
      return text;
    }
    if (whole.isTextual() || whole.isIntegralNumber()) {
      return JSON.numberNode(Json.whole(whole, 0));
    }
    for (String field : new String[] {"boolValue", "doubleValue"}) {
      if (!(any.path(field) instanceof MissingNode)) {
        return any.path(field);
      }
    }
    return NullNode.getInstance();
  }
}
