package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.decode.DecodeException;
import dev.slipway.ingest.decode.ObjectDecoder;
import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.defaults.PodDefaults;
import dev.slipway.ingest.schema.ApiSchema;

/** Pods of the vectors as the API server reads them. */
final class ApiPods {
  private ApiPods() {}

  /** Decoded and defaulted. */
  static ObjectNode stored(JsonNode pod, ApiGates gates) throws DecodeException {
    ObjectNode tree = ObjectDecoder.decode(pod, ApiSchema.podApi().struct("Pod")).tree();
    PodDefaults.podSpec(tree.withObject("/spec"), gates);
    PodDefaults.podStatus(tree);
    return tree;
  }
}
