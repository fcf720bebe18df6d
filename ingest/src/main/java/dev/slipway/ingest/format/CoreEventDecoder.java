package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Event objects: bare, as kubernetes-event-exporter writes them (without kind, with the labels of
 * what they are about), or as eventrouter wraps them, {@code {"verb","event","old_event"}}.
 */
final class CoreEventDecoder implements FormatDecoder {
  @Override
  public Format format() {
    return Format.CORE_EVENT;
  }

  @Override
  public boolean recognises(Envelope record, RecordHeaders headers) {
    return record.get("involvedObject").isObject()
        || record.get("regarding").isObject()
        || (record.has("verb") && record.get("event").isObject());
  }

  @Override
  public void decode(Envelope record, RecordHeaders headers, FeedEventSink sink) {
    JsonNode wrapped = record.get("event");
    sink.accept(CoreEvents.read(wrapped.isObject() ? wrapped : record.root));
  }
}
