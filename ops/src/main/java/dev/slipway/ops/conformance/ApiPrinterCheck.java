package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.decode.DecodeException;
import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.manifest.ApiTimes;
import dev.slipway.ops.print.HumanDuration;
import dev.slipway.ops.print.NodeRow;
import dev.slipway.ops.print.PodRow;
import dev.slipway.ops.print.QuotaRow;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code api/printer}: rows of kubectl's tables, and lengths of time. */
final class ApiPrinterCheck implements VectorCheck {
  private final DataObjects objects = new DataObjects();

  @Override
  public Verdict check(JsonNode vector, DataFolders data) throws IOException {
    JsonNode in = vector.path("in");
    JsonNode object = in.path("object");
    if (in.has("file")) {
      String file = in.path("file").asText();
      var path = data.find(file);
      if (path.isEmpty()) {
        return new Verdict.Unsupported("data file not found");
      }
      object = objects.get(path.get(), in.path("index").asInt());
    }
    String expected = Facts.of(vector.path("out"));
    try {
      return Verdict.of(expected, Facts.of(answer(in, object)));
    } catch (DecodeException e) {
      return Verdict.of(vector.path("out").has("error") ? "an error" : expected, "an error");
    }
  }

  private static ObjectNode answer(JsonNode in, JsonNode object) throws DecodeException {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    if (in.path("kind").asText().equals("Age")) {
      long nanos = TimeUnit.MILLISECONDS.toNanos(in.path("milliseconds").asLong());
      out.put("human", HumanDuration.of(nanos));
      out.put("short", HumanDuration.shortOf(nanos));
      return out;
    }
    long now = ApiTimes.parse(in.path("now").asText());
    List<String> cells =
        switch (in.path("kind").asText()) {
          case "Pod" -> pod(object, now, out);
          case "Node" -> NodeRow.of(object, now);
          default -> QuotaRow.of(object, now);
        };
    cells.forEach(out.withArray("/cells")::add);
    return out;
  }

  private static List<String> pod(JsonNode object, long now, ObjectNode out)
      throws DecodeException {
    ObjectNode pod = ApiPods.stored(object, ApiGates.DEFAULT);
    String phase = pod.path("status").path("phase").asText();
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      out.putArray("rowConditions")
          .addObject()
          .put("type", "Completed")
          .put("status", "True")
          .put("reason", phase);
    }
    return PodRow.of(pod, now);
  }
}
