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
      Fill.each(spec, list, container -> dropFromContainer(container, gates));
    }
    if (!gates.on(ApiGates.POD_LEVEL_RESOURCES) && (old == null || !old.has("resources"))) {
      spec.remove("resources");
    }
  }

  private static void dropFromContainer(ObjectNode container, ApiGates gates) {
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
  }
}
