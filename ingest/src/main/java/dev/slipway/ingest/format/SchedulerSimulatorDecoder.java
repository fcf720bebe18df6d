package dev.slipway.ingest.format;

import dev.slipway.ingest.feed.RejectReason;

/**
 * Lines the recorder of kube-scheduler-simulator writes: {@code {"time","event","resource"}}, of a
 * deleted object only the name (simulator/recorder/recorder.go).
 */
final class SchedulerSimulatorDecoder implements FormatDecoder {
  @Override
  public Format format() {
    return Format.SCHEDULER_SIMULATOR;
  }

  @Override
  public boolean recognises(Envelope record, RecordHeaders headers) {
    return record.has("event") && record.has("resource");
  }

  @Override
  public void decode(Envelope record, RecordHeaders headers, FeedEventSink sink) throws Refusal {
    Action action =
        switch (record.text("event")) {
          case "Add" -> Action.ADDED;
          case "Update" -> Action.MODIFIED;
          case "Delete" -> Action.DELETED;
          default ->
              throw record.refusal(
                  RejectReason.UNKNOWN_TYPE, "unknown event: " + record.text("event"), "event");
        };
    long at = Json.time(record.get("time"));
    ObjectEvents.emit(action, record.get("resource"), ObjectKind.OTHER, at, sink);
  }
}
