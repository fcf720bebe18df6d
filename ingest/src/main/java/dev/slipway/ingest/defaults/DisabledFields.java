package dev.slipway.ingest.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Removes fields whose gate is off, unless the stored object uses them already (rule V-02). */
final class DisabledFields {
  private static final List<String> CONTAINER_LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private DisabledFields() {}

  /**
   * Drops from a spec.
   *
   * @param old the stored spec, missing at create
   */
  static void drop(ObjectNode spec, JsonNode old, ApiGates gates) {
    for (String list : CONTAINER_LISTS) {
      Fill.each(
          spec,
          list,
          container -> {
            hooksAndProbes(container, gates, old);
            if (!usesRestartRules(old)) {
              restartRules(container, list, gates);
            }
          });
    }
    if (!gates.on(ApiGates.SIDECAR_CONTAINERS) && !usesSidecars(old)) {
      Fill.each(spec, "initContainers", container -> container.remove("restartPolicy"));
    }
    if (!gates.on(ApiGates.POD_LEVEL_RESOURCES) && !old.has("resources")) {
      spec.remove("resources");
    }
  }

  private static void hooksAndProbes(ObjectNode container, ApiGates gates, JsonNode old) {
    if (!gates.on(ApiGates.CONTAINER_STOP_SIGNALS) && !uses(old, "lifecycle", "stopSignal")) {
      Fill.object(
          container,
          "lifecycle",
          lifecycle -> {
            boolean had = lifecycle.remove("stopSignal") != null;
            if (had && lifecycle.isEmpty()) {
              container.remove("lifecycle");
            }
          });
    }
    if (!gates.on(ApiGates.SLEEP_ACTION) && !usesSleep(old)) {
      for (String hook : List.of("postStart", "preStop")) {
        Fill.object(container.path("lifecycle"), hook, handler -> handler.remove("sleep"));
      }
    }
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      if (!gates.on(ApiGates.GRPC_PROBE_TLS)) {
        Fill.object(container.path(probe), "grpc", grpc -> grpc.remove("mode"));
      }
      if (!gates.on(ApiGates.H2C_PROBE)) {
        Fill.object(container.path(probe), "httpGet", get -> get.remove("protocol"));
      }
    }
  }

  /** Without the gate only init containers have a policy, and only the one that makes sidecars. */
  private static void restartRules(ObjectNode container, String list, ApiGates gates) {
    if (gates.on(ApiGates.CONTAINER_RESTART_RULES)) {
      return;
    }
    container.remove("restartPolicyRules");
    if (list.equals("ephemeralContainers")) {
      return;
    }
    boolean sidecar =
        list.equals("initContainers") && container.path("restartPolicy").asText().equals("Always");
    if (!sidecar) {
      container.remove("restartPolicy");
    }
  }

  private static boolean uses(JsonNode spec, String field, String inner) {
    for (String list : CONTAINER_LISTS) {
      for (JsonNode container : spec.path(list)) {
        if (container.path(field).has(inner)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean usesSleep(JsonNode spec) {
    for (String list : CONTAINER_LISTS) {
      for (JsonNode container : spec.path(list)) {
        for (JsonNode hook : container.path("lifecycle")) {
          if (hook.has("sleep")) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Rule L-900. */
  private static boolean usesSidecars(JsonNode spec) {
    for (JsonNode container : spec.path("initContainers")) {
      if (container.path("restartPolicy").asText().equals("Always")) {
        return true;
      }
    }
    return false;
  }

  private static boolean usesRestartRules(JsonNode spec) {
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(list)) {
        String policy = container.path("restartPolicy").asText();
        boolean sidecar = list.equals("initContainers") && policy.equals("Always");
        if (container.has("restartPolicyRules") || !policy.isEmpty() && !sidecar) {
          return true;
        }
      }
    }
    return false;
  }
}
