package dev.slipway.ingest.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Pod-level amounts derived from each other and from those of the containers (rules ).
 */
public final class PodLevelDefaults {
  private static final List<String> CONTAINER_LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private PodLevelDefaults() {}

  /** Fills in what the release of 1.37 does when a pod is made or resized. */
  public static void fill(ObjectNode spec) {
    fill(spec, true);
  }

  /** As part of the defaults, as releases up to 1.36 had it. */
  static void fillBefore137(ObjectNode spec) {
    fill(spec, false);
  }

  private static void fill(ObjectNode spec, boolean fixed) {
    if (!(spec.path("resources") instanceof ObjectNode resources)
        || resources.path("requests").isEmpty() && resources.path("limits").isEmpty()) {
      return;
    }
    hugePageLimits(spec, resources);
    if (fixed || !resources.path("limits").isEmpty()) {
      requests(spec, resources);
    }
    if (fixed) {
      limits(spec, resources);
    }
  }

  private static void hugePageLimits(ObjectNode spec, ObjectNode resources) {
    Amounts.aggregate(spec, "limits")
        .forEach((name, amount) -> {
          if (Amounts.isHugePages(name) && !resources.path("requests").has(name)) {
            put(resources, "limits", name, amount.toString());
          }
        });
  }

  private static void requests(ObjectNode spec, ObjectNode resources) {
    Amounts.aggregate(spec, "requests")
        .forEach((name, amount) -> {
          if (Amounts.isComputed(name)) {
            put(resources, "requests", name, amount.toString());
          }
        });
    for (Map.Entry<String, JsonNode> limit :
        new ArrayList<>(resources.path("limits").properties())) {
      if (Amounts.podLevel(limit.getKey())) {
        put(resources, "requests", limit.getKey(), limit.getValue().asText());
      }
    }
  }

  private static void limits(ObjectNode spec, ObjectNode resources) {
    Map<String, Quantity> aggregate = Amounts.aggregate(spec, "limits");
    for (Map.Entry<String, Quantity> request : Amounts.of(resources.path("requests")).entrySet()) {
      String name = request.getKey();
      Quantity sum = aggregate.get(name);
      if (Amounts.podLevel(name) && sum != null && everyContainerLimits(spec, name)) {
        put(resources, "limits", name, request.getValue().max(sum).toString());
      }
    }
  }

  private static boolean everyContainerLimits(ObjectNode spec, String name) {
    for (String list : CONTAINER_LISTS) {
      for (JsonNode container : spec.path(list)) {
        if (!container.path("resources").path("limits").has(name)) {
          return false;
        }
      }
    }
    return true;
  }

  private static void put(ObjectNode resources, String list, String name, String amount) {
    if (!resources.path(list).has(name)) {
      Fill.make(resources, list).put(name, amount);
    }
  }
}
