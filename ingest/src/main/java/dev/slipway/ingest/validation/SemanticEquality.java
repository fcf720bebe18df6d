package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Quantity;
import java.util.Map;
import java.util.Set;

/**
 * Whether two trees in normal form mean the same: amounts are compared by value, empty counts as
 * absent.
 */
final class SemanticEquality {
  private static final Set<String> AMOUNT_LISTS = Set.of("limits", "requests", "overhead");

  private SemanticEquality() {}

  static boolean same(JsonNode a, JsonNode b) {
    return same(a, b, false);
  }

  private static boolean same(JsonNode a, JsonNode b, boolean amounts) {
    if (absent(a) && absent(b)) {
      return true;
    }
    if (a.isObject() && b.isObject()) {
      return coveredBy(a, b, amounts) && coveredBy(b, a, amounts);
    }
    if (a.isArray() && b.isArray()) {
      return sameElements(a, b);
    }
    if (amounts && a.isTextual() && b.isTextual()) {
      return Quantity.parse(a.asText()).compareTo(Quantity.parse(b.asText())) == 0;
    }
    return a.equals(b);
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isArray() && node.isEmpty();
  }

  private static boolean coveredBy(JsonNode a, JsonNode b, boolean amounts) {
    for (Map.Entry<String, JsonNode> field : a.properties()) {
      String name = field.getKey();
      if (!same(field.getValue(), b.path(name), amounts || AMOUNT_LISTS.contains(name))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameElements(JsonNode a, JsonNode b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i), false)) {
        return false;
      }
    }
    return true;
  }
}
