package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.decode.DecodeException;
import dev.slipway.ingest.decode.ObjectDecoder;
import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.defaults.PodCreation;
import dev.slipway.ingest.defaults.PodDefaults;
import dev.slipway.ingest.defaults.PodQos;
import dev.slipway.ingest.defaults.WorkloadDefaults;
import dev.slipway.ingest.schema.ApiSchema;

/** {@code api/defaults}: the spec after defaulting, and for pods as it is stored. */
final class ApiDefaultsCheck implements VectorCheck {
  @Override
  public Verdict check(JsonNode vector, DataFolders data) throws DecodeException {
    String kind = vector.path("in").path("kind").asText();
    JsonNode out = vector.path("out");
    ObjectNode object;
    try {
      object = decode(kind, vector.path("in").path("spec"));
    } catch (DecodeException e) {
      return Verdict.of(out.has("error") ? "an error" : Facts.of(out), "an error");
    }
    return Verdict.of(expected(kind, out), answer(kind, object));
  }

  private static ObjectNode decode(String kind, JsonNode spec) throws DecodeException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.set("spec", spec);
    return ObjectDecoder.decode(object, ApiSchema.podApi().struct(kind)).tree();
  }

  private static String expected(String kind, JsonNode out) throws DecodeException {
    if (out.has("error")) {
      return "an error";
    }
    String spec = Facts.of(decode(kind, out.path("spec")).path("spec"));
    if (!kind.equals("Pod")) {
      return spec;
    }
    JsonNode created = out.path(out.has("created") ? "created" : "spec");
    return words(spec, Facts.of(decode(kind, created).path("spec")), out.path("qosClass").asText());
  }

  private static String answer(String kind, ObjectNode object) throws DecodeException {
    ObjectNode spec = object.withObject("/spec");
    if (!kind.equals("Pod")) {
      WorkloadDefaults.spec(kind, spec);
      return Facts.of(decode(kind, spec).path("spec"));
    }
    PodDefaults.podSpec(spec);
    String defaulted = Facts.of(spec);
    PodCreation.prepare(spec, ApiGates.DEFAULT);
    return words(defaulted, Facts.of(spec), PodQos.of(spec));
  }

  private static String words(String spec, String created, String qosClass) {
    return spec + "\ncreated:\n" + created + "\nqosClass: " + qosClass;
  }
}
