package dev.slipway.ingest.defaults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes fields whose gate is off, unless the stored object uses them already (rule V-02). */
final class DisabledFields {
  private static final List<String> CONTAINER_LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private DisabledFields() {}

  /**
   * Drops from a spec.
   *
   * @param old the stored spec, null at create
   */
  static void drop(ObjectNode spec, @Nullable ObjectNode old, ApiGates gates) {
    for (String list : CONTAINER_LISTS) {
      Fill.each(
          spec,
          list,
          container -> {
            hooksAndProbes(container, gates);
            restartRules(container, list, gates);
          });
    }
    if (!gates.on(ApiGates.POD_LEVEL_RESOURCES) && (old == null || !old.has("resources"))) {
      spec.remove("resources");
    }
  }

  private static void hooksAndProbes(ObjectNode container, ApiGates gates) {
    if (!gates.on(ApiGates.CONTAINER_STOP_SIGNALS)) {
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
    if (gates.on(ApiGates.CONTAINER_RESTART_RULES) || list.equals("ephemeralContainers")) {
      return;
    }
    container.remove("restartPolicyRules");
    boolean sidecar =
        list.equals("initContainers") && container.path("restartPolicy").asText().equals("Always");
    if (!sidecar) {
      container.remove("restartPolicy");
    }
  }
}
