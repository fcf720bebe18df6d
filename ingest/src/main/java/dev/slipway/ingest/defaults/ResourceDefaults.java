package dev.slipway.ingest.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Quantity;
import java.util.ArrayList;

/** Amounts of resources as they are stored (rules ). */
final class ResourceDefaults {
  private static final int MILLI = -3;

  private ResourceDefaults() {}

  /** Rounds each amount of a list up to milli. */
  static void round(JsonNode parent, String list) {
    Fill.object(
        parent,
        list,
        amounts ->
            new ArrayList<>(amounts.properties())
                .forEach(entry -> amounts.put(entry.getKey(), rounded(entry.getValue().asText()))));
  }

  /** Rounds limits and requests. */
  static void roundAll(JsonNode parent, String resources) {
    round(parent.path(resources), "limits");
    round(parent.path(resources), "requests");
  }

  private static String rounded(String amount) {
    return Quantity.parse(amount).roundUp(MILLI).toString();
  }

  /** A limit without request is the request too. */
  static void requestsFromLimits(ObjectNode container) {
    JsonNode limits = container.path("resources").path("limits");
    if (limits.isEmpty()) {
      return;
    }
    ObjectNode requests = Fill.make(Fill.make(container, "resources"), "requests");
    limits
        .properties()
        .forEach(limit -> Fill.absentText(requests, limit.getKey(), limit.getValue().asText()));
  }
}
