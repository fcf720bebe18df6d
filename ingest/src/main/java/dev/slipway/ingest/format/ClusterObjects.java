package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.LimitRange;
import dev.slipway.engine.resources.QuotaScope;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceQuota;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads objects other than pods; an odd value is read as absent. */
final class ClusterObjects {
  private ClusterObjects() {}

  /** The object of one of the kinds that are neither pods nor Events. */
  static ClusterObject read(ObjectKind kind, JsonNode object, ObjectMeta metadata) {
    JsonNode spec = object.path("spec");
    JsonNode status = object.path("status");
    return switch (kind) {
      case NODE -> node(metadata, spec, status);
      case NAMESPACE -> new ClusterObject.NamespaceObject(metadata, Json.text(status, "phase"));
      case RESOURCE_QUOTA -> quota(metadata, spec, status);
      case LIMIT_RANGE ->
          new ClusterObject.LimitRangeObject(
              metadata, new LimitRange(list(spec.path("limits"), ClusterObjects::limits)));
      case RUNTIME_CLASS ->
          new ClusterObject.RuntimeClassObject(
              metadata,
              Json.text(object, "handler"),
              amounts(object.path("overhead").path("podFixed")),
              texts(object.path("scheduling").path("nodeSelector")));
      case PRIORITY_CLASS ->
          new ClusterObject.PriorityClassObject(
              metadata,
              (int) Json.whole(object.path("value"), 0),
              object.path("globalDefault").asBoolean(false),
              Json.text(object, "preemptionPolicy"));
      case POD, EVENT, OTHER -> throw new IllegalArgumentException("not read here: " + kind);
    };
  }

  private static ClusterObject node(ObjectMeta metadata, JsonNode spec, JsonNode status) {
    return new ClusterObject.NodeObject(
        metadata,
        spec.path("unschedulable").asBoolean(false),
        list(
            spec.path("taints"),
            taint ->
                new ClusterObject.Taint(
                    Json.text(taint, "key"),
                    Json.text(taint, "value"),
                    Json.text(taint, "effect"))),
        amounts(status.path("capacity")),
        amounts(status.path("allocatable")),
        ready(status.path("conditions")));
  }

  private static boolean ready(JsonNode conditions) {
    for (JsonNode condition : conditions) {
      if (Json.text(condition, "type").equals("Ready")) {
        return Json.text(condition, "status").equals("True");
      }
    }
    return false;
  }

  private static ClusterObject quota(ObjectMeta metadata, JsonNode spec, JsonNode status) {
    var scopes =
        new ArrayList<>(list(spec.path("scopes"), scope -> QuotaScope.exists(Json.text(scope))));
    scopes.addAll(list(spec.path("scopeSelector").path("matchExpressions"), ClusterObjects::scope));
    return new ClusterObject.QuotaObject(
        metadata,
        amounts(spec.path("hard")),
        new ResourceQuota(
            metadata.name(), scopes, amounts(status.path("hard")), amounts(status.path("used"))));
  }

  private static QuotaScope scope(JsonNode term) {
    return new QuotaScope(
        Json.text(term, "scopeName"),
        Json.text(term, "operator"),
        list(term.path("values"), Json::text));
  }

  private static LimitRange.Item limits(JsonNode item) {
    return new LimitRange.Item(
        Json.text(item, "type"),
        amounts(item.path("max")),
        amounts(item.path("min")),
        amounts(item.path("default")),
        amounts(item.path("defaultRequest")),
        amounts(item.path("maxLimitRequestRatio")));
  }

  private static <T> List<T> list(JsonNode list, Function<JsonNode, T> element) {
    var elements = new ArrayList<T>();
    if (list.isArray()) {
      for (JsonNode child : list) {
        elements.add(element.apply(child));
      }
    }
    return elements;
  }

  private static ResourceList amounts(JsonNode map) {
    if (!map.isObject()) {
      return ResourceList.ABSENT;
    }
    Map<String, Quantity> amounts = new LinkedHashMap<>();
    map.properties().forEach(entry -> put(amounts, entry.getKey(), entry.getValue()));
    return ResourceList.of(amounts);
  }

  private static void put(Map<String, Quantity> amounts, String name, JsonNode amount) {
    if (amount.isValueNode() && !amount.isNull()) {
      try {
        amounts.put(name, Quantity.parse(amount.asText().strip()));
      } catch (IllegalArgumentException _) {
        // an amount nobody can read is one nobody gave
      }
    }
  }

  private static Map<String, String> texts(JsonNode map) {
    Map<String, String> texts = new LinkedHashMap<>();
    map.properties().forEach(entry -> texts.put(entry.getKey(), Json.text(entry.getValue())));
    return texts;
  }
}
