package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.status.ResourcesInStatus;
import java.util.Map;

/** Adds to a status in JSON what it says about resources; amounts as text, empty lists left out. */
final class ResourceStatusJson {
  private ResourceStatusJson() {}

  /**
   * Adds the resources of the pod; those of a container are in its own status.
   *
   * @param before {@code resources} of the cached status
   */
  static void add(PodState pod, ResourceRequirements before, ObjectNode json) {
    ResourcesInStatus status = ResourcesInStatus.of(pod, before);
    amounts(json, "allocatedResources", status.allocated());
    inForce(json, status.inForce());
  }

  /** Adds the resources of one container. */
  static void add(ResourceRequirements own, ObjectNode json) {
    amounts(json, "allocatedResources", own.requests());
    inForce(json, own);
  }

  private static void inForce(ObjectNode json, ResourceRequirements amounts) {
    ObjectNode resources = JsonFacts.object();
    amounts(resources, "requests", amounts.requests());
    amounts(resources, "limits", amounts.limits());
    putFilled(json, "resources", resources);
  }

  private static void amounts(ObjectNode json, String field, Map<String, Quantity> amounts) {
    ObjectNode list = JsonFacts.object();
    amounts.forEach((name, amount) -> list.put(name, amount.toString()));
    putFilled(json, field, list);
  }

  private static void putFilled(ObjectNode json, String field, JsonNode value) {
    if (!value.isEmpty()) {
      json.set(field, value);
    }
  }
}
