package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ingest.defaults.ApiGates;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of a part need to know about the whole.
 *
 * @param spec the pod's spec
 * @param pod true for a pod, false for a template
 * @param volumes names of the volumes that are right, and their sources
 * @param claims names of the resource claims
 */
record Scope(
    JsonNode spec,
    boolean pod,
    ApiGates gates,
    boolean allowPrivileged,
    JsonNode volumes,
    Set<String> claims) {

  String restartPolicy() {
    return spec.path("restartPolicy").asText();
  }

  /** The operating system's name, null where the pod says nothing of it. */
  @Nullable String os() {
    return spec.has("os") ? spec.path("os").path("name").asText() : null;
  }

  long graceSeconds() {
    return spec.path("terminationGracePeriodSeconds").asLong();
  }

  /** Whether the users of the containers are those of the host. */
  boolean hostUsers() {
    return spec.path("hostUsers").asBoolean(true);
  }
}
