package dev.slipway.ingest.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the API server does to a defaulted pod before it validates and stores it (rules V-02,
 *
 */
public final class PodCreation {
  private PodCreation() {}

  /** Drops what no gate allows and derives the pod-level amounts. */
  public static void prepare(ObjectNode spec, ApiGates gates) {
    dropDisabled(spec, gates);
    podLevel(spec, gates);
  }

  /** Derives the pod-level amounts, as is done when a pod is made and when it is resized. */
  public static void podLevel(ObjectNode spec, ApiGates gates) {
    if (gates.on(ApiGates.POD_LEVEL_RESOURCES)
        && gates.on(ApiGates.POD_LEVEL_RESOURCES_FIX_DEFAULTING)) {
      PodLevelDefaults.fill(spec);
    }
  }

  /** Drops what no gate allows, in a pod or a template about to be made. */
  public static void dropDisabled(ObjectNode spec, ApiGates gates) {
    DisabledFields.drop(spec, MissingNode.getInstance(), gates);
  }

  /** Drops what no gate allows, but for what the stored pod uses already. */
  public static void dropDisabled(ObjectNode spec, JsonNode old, ApiGates gates) {
    DisabledFields.drop(spec, old, gates);
  }
}
