package dev.slipway.ingest.defaults;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the API server does to a defaulted pod before it validates and stores it (rules V-02,
 *
 */
public final class PodCreation {
  private PodCreation() {}

  /** Drops what no gate allows and derives the pod-level amounts. */
  public static void prepare(ObjectNode spec, ApiGates gates) {
    DisabledFields.drop(spec, null, gates);
    if (gates.on(ApiGates.POD_LEVEL_RESOURCES)
        && gates.on(ApiGates.POD_LEVEL_RESOURCES_FIX_DEFAULTING)) {
      PodLevelDefaults.fill(spec);
    }
  }
}
