package dev.slipway.ingest.format;

import dev.slipway.engine.api.Times;

/** One API object by itself: {@code kubectl get -o json --watch}, a pull, a file of pods. */
final class ObjectDecoder implements FormatDecoder {
  @Override
  public Format format() {
    return Format.OBJECT;
  }

  @Override
  public boolean recognises(Envelope record, RecordHeaders headers) {
    return record.get("kind").isTextual();
  }

  @Override
  public void decode(Envelope record, RecordHeaders headers, FeedEventSink sink) throws Refusal {
    ObjectEvents.emit(Action.LISTED, record.root, ObjectKind.OTHER, Times.NONE, sink);
  }
}
