package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.decode.DecodeException;
import dev.slipway.ingest.decode.ObjectDecoder;
import dev.slipway.ingest.decode.PodRequest;
import dev.slipway.ingest.decode.PodRequest.Answer;
import dev.slipway.ingest.decode.PodRequest.FieldValidation;
import dev.slipway.ingest.defaults.PodDefaults;
import dev.slipway.ingest.schema.ApiSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code api/decode}: what the create handler makes of a body. */
final class ApiDecodeCheck implements VectorCheck {
  private static final String NAMESPACE = "default";

  @Override
  public Verdict check(JsonNode vector, DataFolders data) throws DecodeException {
    JsonNode in = vector.path("in");
    String mode = in.path("fieldValidation").asText().toUpperCase(Locale.ROOT);
    Answer answer =
        PodRequest.decode(
            in.path("contentType").asText(),
            in.path("body").asText(),
            FieldValidation.valueOf(mode),
            NAMESPACE);
    JsonNode out = vector.path("out");
    return Verdict.of(expected(out), actual(answer));
  }

  private static String expected(JsonNode out) throws DecodeException {
    if (out.path("code").asInt() != 201) {
      return refused(
          out.path("code").asInt(), out.path("reason").asText(), out.path("message").asText());
    }
    var warnings = new ArrayList<String>();
    out.path("warnings").forEach(warning -> warnings.add(warning.asText()));
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.set("metadata", out.path("metadata"));
    pod.set("spec", out.path("spec"));
    return accepted(ObjectDecoder.decode(pod, ApiSchema.podApi().struct("Pod")).tree(), warnings);
  }

  private static String actual(Answer answer) {
    return switch (answer) {
      case Answer.Accepted(ObjectNode pod, List<String> warnings) -> {
        ObjectNode spec = pod.withObject("/spec");
        PodDefaults.podSpec(spec);
        // The server writes its own time; the record leaves it out.
        pod.withObject("/metadata").remove("creationTimestamp");
        yield accepted(pod, warnings);
      }
      case Answer.Refused(int code, String reason, String message) ->
          refused(code, reason, message);
    };
  }

  /** The place in the server's own sources depends on its build. */
  private static String refused(int code, String reason, String message) {
    return code + " " + reason + "\n" + message.replaceFirst(" in scheme .*", " in scheme");
  }

  private static String accepted(ObjectNode pod, List<String> warnings) {
    return "201\n"
        + Facts.of(pod.path("metadata"))
        + "\n"
        + Facts.of(pod.path("spec"))
        + "\n"
        + String.join("\n", warnings);
  }
}
