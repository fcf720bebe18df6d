package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Whether a container may run again after an exit code (rules L-300 to L-302), read off the tree.
 */
final class RestartDecision {
  private RestartDecision() {}

  /** Gates do not count: what the pod says was allowed when it was made. */
  static boolean restarts(JsonNode container, String podPolicy, int exitCode, boolean init) {
    String own = container.path("restartPolicy").asText();
    if (init && own.equals("Always")) {
      return true;
    }
    if (!own.isEmpty()) {
      for (JsonNode rule : container.path("restartPolicyRules")) {
        if (matches(rule.path("exitCodes"), exitCode)) {
          if (rule.path("action").asText().equals("Restart")) {
            return true;
          }
          break;
        }
      }
    }
    return switch (own.isEmpty() ? podPolicy : own) {
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

  /** Whether some rule of the pod restarts all containers. */
  static boolean wantsRestartAll(JsonNode spec) {
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(list)) {
        for (JsonNode rule : container.path("restartPolicyRules")) {
          if (rule.path("action").asText().equals("RestartAllContainers")) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Whether some sidecar has rules. */
  static boolean sidecarHasRules(JsonNode spec) {
    for (JsonNode container : spec.path("initContainers")) {
      if (container.path("restartPolicy").asText().equals("Always")
          && container.has("restartPolicyRules")) {
        return true;
      }
    }
    return false;
  }
}
