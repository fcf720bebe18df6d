package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ingest.feed.RejectReason;

/**
 * Our own report of what a runtime did: {@code {"slipway":"runtime/v1","node":"n-1",
 * "pod":{"uid","namespace","name"},"container":"web","containerId":"...","step":"stopped",
 * "exitCode":137,"time":"2026-01-01T00:00:00.5Z"}}. Without a container it is about the sandbox.
 */
final class RuntimeReportDecoder implements FormatDecoder {
  private static final String VERSION = "runtime/v1";

  @Override
  public Format format() {
    return Format.RUNTIME_REPORT;
  }

  @Override
  public boolean recognises(Envelope record, RecordHeaders headers) {
    return record.has("slipway");
  }

  @Override
  public void decode(Envelope record, RecordHeaders headers, FeedEventSink sink) throws Refusal {
    if (!record.text("slipway").equals(VERSION)) {
      throw record.refusal(
          RejectReason.UNKNOWN_TYPE, "unknown report: " + record.text("slipway"), "slipway");
    }
    RuntimeStep step = step(record);
    JsonNode pod = record.get("pod");
    var ref =
        new PodRef(Json.text(pod, "uid"), Json.text(pod, "namespace"), Json.text(pod, "name"));
    if (!ref.known()) {
      throw record.refusal(
          RejectReason.NO_IDENTITY, "pod has neither uid nor namespace and name", "pod");
    }
    sink.accept(
        new FeedEvent.RuntimeSeen(
            ref,
            record.text("node"),
            record.text("container"),
            record.text("containerId"),
            step,
            (int) Json.whole(record.get("exitCode"), FeedEvent.RuntimeSeen.NO_EXIT_CODE),
            Json.time(record.get("time"))));
  }

  private static RuntimeStep step(Envelope record) throws Refusal {
    return switch (record.text("step")) {
      case "created" -> RuntimeStep.CREATED;
      case "started" -> RuntimeStep.STARTED;
      case "stopped" -> RuntimeStep.STOPPED;
      case "deleted" -> RuntimeStep.DELETED;
      default ->
          throw record.refusal(
              RejectReason.UNKNOWN_TYPE, "unknown step: " + record.text("step"), "step");
    };
  }
}
