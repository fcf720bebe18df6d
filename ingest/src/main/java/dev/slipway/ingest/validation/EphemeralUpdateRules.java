package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** What may change in the list of ephemeral containers (rule V-58). */
final class EphemeralUpdateRules {
  private final FieldErrors errors;

  EphemeralUpdateRules(FieldErrors errors) {
    this.errors = errors;
  }

  void check(JsonNode pod, JsonNode old) {
    if (old.path("metadata").path("annotations").has("kubernetes.io/config.mirror")) {
      errors.only().forbidden(Path.NONE, "static pods do not support ephemeral containers");
      return;
    }
    Map<String, JsonNode> now = new HashMap<>();
    pod.path("spec")
        .path("ephemeralContainers")
        .forEach(container -> now.put(container.path("name").asText(), container));
    Path path = Path.of("spec").child("ephemeralContainers");
    for (JsonNode container : old.path("spec").path("ephemeralContainers")) {
      String name = container.path("name").asText();
      JsonNode after = now.get(name);
      String start = "existing ephemeral containers " + GoText.quote(name) + " may not be ";
      if (after == null) {
        errors.forbiddenChange(path, start + "removed");
      } else if (!SemanticEquality.same(container, after)) {
        errors.forbiddenChange(path, start + "changed");
      }
    }
  }
}
