package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ingest.defaults.ApiGates;

/**
 * Whether a container may run again after an exit code (rules L-300 to L-302), read off the tree.
 */
final class RestartDecision {
  private RestartDecision() {}

  static boolean restarts(
      JsonNode container, String podPolicy, int exitCode, boolean init, ApiGates gates) {
    String own = container.path("restartPolicy").asText();
    if (init && own.equals("Always")) {
      return true;
    }
    boolean rules = gates.on(ApiGates.CONTAINER_RESTART_RULES);
    if (rules && !own.isEmpty()) {
      for (JsonNode rule : container.path("restartPolicyRules")) {
        if (matches(rule.path("exitCodes"), exitCode)) {
          if (rule.path("action").asText().equals("Restart")) {
            return true;
          }
          break;
        }
      }
    }
    String policy = rules && !own.isEmpty() ? own : podPolicy;
    return switch (policy) {
      case "Always" -> true;
      case "OnFailure" -> exitCode != 0;
      default -> false;
    };
  }

  private static boolean matches(JsonNode exitCodes, int exitCode) {
    boolean listed = false;
    for (JsonNode value : exitCodes.path("values")) {
      listed |= value.asInt() == exitCode;
    }
    return switch (exitCodes.path("operator").asText()) {
      case "In" -> listed;
      case "NotIn" -> !listed;
      default -> false;
    };
  }
}
