package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.QuantityFormatException;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.QosRules;
import dev.slipway.engine.resources.ResourceDefaults;
import dev.slipway.engine.resources.ResourceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks of effective requests, limits and QoS class of real pods and manifests. */
final class DerivedChecks {
  private final PodDocuments documents = new PodDocuments();

  Verdict check(JsonNode vector, DataFolders data) throws IOException {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    String name = in.path("file").asText();
    Optional<Path> file = data.find(name);
    if (file.isEmpty()) {
      return new Verdict.Unsupported("no such file: " + name);
    }
    List<JsonNode> pods = documents.pods(file.get());
    int index = in.path("index").intValue();
    if (index >= pods.size()) {
      return new Verdict.Failed(
          "pod " + index + " of " + name, "the file has " + pods.size() + " pods");
    }
    JsonNode json = pods.get(index);
    PodResources pod;
    try {
      pod = ResourceJson.pod(json);
    } catch (QuantityFormatException e) {
      return out.has("error")
          ? Verdict.PASSED
          : new Verdict.Failed(out.toString(), String.valueOf(e.getMessage()));
    }
    if (out.has("error")) {
      boolean refused = PodDocuments.hasMistypedField(json.path("spec"));
      return refused ? Verdict.PASSED : new Verdict.Failed(out.path("error").asText(), "decoded");
    }
    var comparison = new Comparison();
    String stored = json.path("status").path("qosClass").asText();
    compare(comparison, "asWritten.", out.path("asWritten"), pod, stored);
    compare(comparison, "defaulted.", out.path("defaulted"), ResourceDefaults.created(pod), stored);
    return comparison.verdict();
  }

  /** A stored class the engine has no name for stays what it is. */
  private static void compare(
      Comparison comparison, String prefix, JsonNode out, PodResources pod, String storedClass) {
    boolean unknown = !storedClass.isEmpty() && QosClass.parse(storedClass) == null;
    EffectiveChecks.answer(comparison, prefix, out, pod, ResourceOptions.SPEC);
    var withStatus = ResourceOptions.SCHEDULER;
    comparison
        .add(
            prefix + "requestsWithStatus",
            out.path("requestsWithStatus"),
            ResourceJson.texts(EffectiveResources.podRequests(pod, withStatus)))
        .add(
            prefix + "limitsWithStatus",
            out.path("limitsWithStatus"),
            ResourceJson.texts(EffectiveResources.podLimits(pod, withStatus)))
        .add(prefix + "qosComputed", out.path("qosComputed"), QosRules.compute(pod).text())
        .add(prefix + "qos", out.path("qos"), unknown ? storedClass : QosRules.of(pod).text());
  }
}
