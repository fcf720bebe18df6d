package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ingest.validation.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Validation errors as sorted lines; the recorded message is compared where there is one. */
final class ApiErrors {
  private ApiErrors() {}

  static Verdict compare(
      JsonNode expected, List<FieldError> actual, List<String> more, List<String> ownMore) {
    Map<String, String> messages = new HashMap<>();
    var wanted = new ArrayList<String>();
    for (JsonNode error : expected) {
      String key = key(error);
      String message = error.path("msg").asText();
      // Errors that differ by their value only would need a list; the sorted lines still tell.
      if (error.has("msg")) {
        messages.merge(key, message, (a, b) -> a + "|" + b);
      }
      wanted.add(error.has("msg") ? key + " => " + message : key);
    }
    var found = new ArrayList<String>();
    for (FieldError error : actual) {
      String key =
          error.field() + " " + error.type().apiName() + " " + error.detail() + more(error.more());
      String recorded = messages.get(key);
      if (recorded == null) {
        found.add(key);
      } else if (error.value() != null && error.value().startsWith("{")) {
        // A Go struct: its printed form is none of our business.
        found.add(key + " => " + recorded);
      } else {
        found.add(key + " => " + error.message());
      }
    }
    return Verdict.of(text(wanted, more), text(found, ownMore));
  }

  private static String key(JsonNode error) {
    return error.path("field").asText()
        + " "
        + error.path("type").asText()
        + " "
        + error.path("detail").asText()
        + more(error.path("more").asBoolean());
  }

  private static String more(boolean more) {
    return more ? " (more)" : "";
  }

  private static String text(List<String> errors, List<String> more) {
    var lines = new ArrayList<>(errors);
    lines.sort(null);
    lines.addAll(more);
    return String.join("\n", lines);
  }
}
