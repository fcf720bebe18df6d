package dev.slipway.ingest.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.GroupTotals;
import dev.slipway.engine.observe.NextStep;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedTransition;
import dev.slipway.engine.observe.StageTimes;
import dev.slipway.ingest.repair.Anomalies;
import dev.slipway.ingest.repair.AnomalyKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The records of the output topics as JSON, see docs/observe.md. Used by one thread. */
public final class OutputJson {
  private final JsonFactory factory = new JsonFactory();

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private byte[] object(Body body) {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can always be written", e);
    }
    return bytes.toByteArray();
  }

  private static void pod(JsonGenerator json, ObservedPod pod) throws IOException {
    json.writeStringField("namespace", pod.namespace());
    json.writeStringField("pod", pod.name());
    json.writeStringField("uid", pod.uid());
    if (!pod.node().isEmpty()) {
      json.writeStringField("node", pod.node());
    }
    if (!pod.owner().isEmpty()) {
      json.writeStringField("owner", pod.owner());
    }
    json.writeStringField("resourceVersion", pod.resourceVersion());
  }

  private static void time(JsonGenerator json, String field, long nanos) throws IOException {
    if (nanos != Times.NONE) {
      json.writeStringField(field, text(nanos));
    }
  }

  private static String text(long nanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, Times.SECOND), Math.floorMod(nanos, Times.SECOND))
        .toString();
  }

  /** One line of the transitions topic. */
  public byte[] transition(ObservedPod pod, ObservedTransition t) {
    return object(json -> {
      json.writeStringField("kind", t.scope().text());
      pod(json, pod);
      if (!t.subject().isEmpty()) {
        json.writeStringField("subject", t.subject());
      }
      json.writeStringField("transition", t.name());
      json.writeStringField("from", t.from());
      json.writeStringField("to", t.to());
      time(json, "at", t.atNanos());
      if (t.scope() == ObservedTransition.Scope.CONTAINER) {
        json.writeNumberField("instance", t.restarts());
        if (t.to().equals("EXITED")) {
          json.writeNumberField("exitCode", t.exitCode());
        }
      }
      if (!t.reason().isEmpty()) {
        json.writeStringField("reason", t.reason());
      }
    });
  }

  /** One line of the findings topic. */
  public byte[] finding(ObservedPod pod, Finding finding) {
    return object(json -> {
      json.writeStringField("finding", finding.kind().id());
      json.writeStringField("rule", finding.kind().rule());
      json.writeStringField("severity", finding.kind().severity().text());
      json.writeStringField("title", finding.kind().title());
      pod(json, pod);
      if (!finding.container().isEmpty()) {
        json.writeStringField("container", finding.container());
      }
      time(json, "at", finding.atNanos());
      json.writeArrayFieldStart("evidence");
      for (Finding.Fact fact : finding.evidence()) {
        json.writeStartObject();
        json.writeStringField("what", fact.what());
        json.writeStringField("value", fact.value());
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  /** The stage times of a pod that is ready for the first time; goes with its transitions. */
  public byte[] stages(ObservedPod pod) {
    StageTimes stages = pod.stages();
    return object(json -> {
      json.writeStringField("kind", "stages");
      pod(json, pod);
      json.writeObjectFieldStart("secondsSinceCreation");
      seconds(json, "scheduled", stages.scheduled());
      seconds(json, "sandbox", stages.sandbox());
      for (StageTimes.Start start : stages.containers()) {
        seconds(json, "started/" + start.container(), start.after());
      }
      seconds(json, "initialized", stages.initialized());
      seconds(json, "ready", stages.ready());
      json.writeEndObject();
    });
  }

  private static void seconds(JsonGenerator json, String field, long nanos) throws IOException {
    if (nanos != Times.NONE) {
      json.writeNumberField(field, nanos / Times.SECOND);
    }
  }

  /** Counts of one group in one partition. */
  public byte[] totals(int partition, GroupTotals t) {
    return object(json -> {
      json.writeNumberField("partition", partition);
      json.writeStringField("group", t.group());
      json.writeStringField("name", t.name());
      json.writeNumberField("pods", t.pods());
      json.writeNumberField("pending", t.pending());
      json.writeNumberField("running", t.running());
      json.writeNumberField("succeeded", t.succeeded());
      json.writeNumberField("failed", t.failed());
      json.writeNumberField("unknown", t.unknown());
      json.writeNumberField("ready", t.ready());
      json.writeNumberField("restarts", t.restarts());
      json.writeNumberField("requestsCpuMilli", t.cpuMilli());
      json.writeNumberField("requestsMemoryBytes", t.memoryBytes());
    });
  }

  /** What was put right in one partition since its beginning; goes with the totals. */
  public byte[] anomalies(int partition, Anomalies anomalies) {
    return object(json -> {
      json.writeNumberField("partition", partition);
      json.writeStringField("group", "anomalies");
      json.writeObjectFieldStart("counts");
      for (Map.Entry<AnomalyKind, Long> count : anomalies.counts().entrySet()) {
        json.writeNumberField(count.getKey().name(), count.getValue());
      }
      json.writeEndObject();
      json.writeNumberField("latestMillis", anomalies.lateness().maxNanos() / Times.MILLI);
    });
  }

  /** What is expected of a pod next, as one line. */
  public static String next(List<NextStep> steps) {
    var text = new StringBuilder();
    for (NextStep step : steps) {
      text.append(text.isEmpty() ? "" : "; ").append(step.what().text());
      if (!step.container().isEmpty()) {
        text.append(' ').append(step.container());
      }
      if (step.atNanos() != Times.NONE) {
        text.append(" at ").append(text(step.atNanos()));
      }
    }
    return text.toString();
  }
}
