package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.decode.DecodeException;
import dev.slipway.ingest.decode.ObjectDecoder;
import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.defaults.PodCreation;
import dev.slipway.ingest.defaults.PodDefaults;
import dev.slipway.ingest.schema.ApiSchema;
import dev.slipway.ingest.validation.FieldError;
import dev.slipway.ingest.validation.PodValidator;
import dev.slipway.ingest.validation.PodWarnings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code api/validation}: what is refused, and what is warned of, when a pod or a template is made.
 */
final class ApiValidationCheck implements VectorCheck {
  @Override
  public Verdict check(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    ApiGates gates = gates(in);
    boolean pod = in.path("kind").asText().equals("Pod");
    ObjectNode object;
    try {
      object = decode(in, pod);
    } catch (DecodeException e) {
      return Verdict.of(out.has("error") ? "an error" : out.toString(), "an error");
    }
    if (out.has("error")) {
      return Verdict.of("an error", "none");
    }
    var validator = new PodValidator(gates, false);
    List<FieldError> errors =
        pod ? pod(object, gates, validator) : template(object, gates, validator);
    return ApiErrors.compare(
        out.path("errors"),
        errors,
        warnings(out.path("warnings")),
        ownWarnings(object, pod, errors));
  }

  /** The gates a case names. */
  static ApiGates gates(JsonNode in) {
    Map<String, Boolean> changed = new HashMap<>();
    in.path("gates").properties().forEach(e -> changed.put(e.getKey(), e.getValue().asBoolean()));
    return new ApiGates(changed);
  }

  private static ObjectNode decode(JsonNode in, boolean pod) throws DecodeException {
    if (pod) {
      return ObjectDecoder.decode(in.path("pod"), ApiSchema.podApi().struct("Pod")).tree();
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.set("template", in.path("template"));
    return ObjectDecoder.decode(object, ApiSchema.podApi().struct("PodTemplate")).tree();
  }

  private static List<FieldError> pod(ObjectNode pod, ApiGates gates, PodValidator validator) {
    ObjectNode spec = pod.withObject("/spec");
    PodDefaults.podSpec(spec, gates);
    PodCreation.prepare(spec, gates);
    return validator.create(pod);
  }

  private static List<FieldError> template(
      ObjectNode object, ApiGates gates, PodValidator validator) {
    ObjectNode template = object.withObject("/template");
    ObjectNode spec = template.withObject("/spec");
    PodDefaults.templateSpec(spec);
    PodCreation.dropDisabled(spec, gates);
    return validator.template(template, "template");
  }

  private static List<String> warnings(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(text -> texts.add("warning: " + text.asText()));
    texts.sort(null);
    return texts;
  }

  /** Warnings are sent only where nothing is refused. */
  private static List<String> ownWarnings(ObjectNode object, boolean pod, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      return List.of();
    }
    List<String> warnings =
        pod ? PodWarnings.pod(object) : PodWarnings.template(object.path("template"), "template");
    return warnings.stream().map(text -> "warning: " + text).sorted().toList();
  }
}
