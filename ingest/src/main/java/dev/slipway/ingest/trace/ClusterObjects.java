package dev.slipway.ingest.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.LimitRange;
import dev.slipway.engine.resources.LimitRanges;
import dev.slipway.engine.resources.QuotaScope;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceQuota;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads Nodes, ResourceQuotas and LimitRanges among the objects of a file. */
final class ClusterObjects {
  private static final Set<String> KINDS = Set.of("Node", "ResourceQuota", "LimitRange");

  private ClusterObjects() {}

  static boolean reads(String kind) {
    return KINDS.contains(kind);
  }

  static void read(List<JsonNode> documents, TraceBuilder out) {
    for (int d = 0; d < documents.size(); d++) {
      read(documents.get(d), documents.size() == 1 ? "" : "document " + (d + 1) + ": ", out);
    }
  }

  private static void read(JsonNode object, String path, TraceBuilder out) {
    String kind = object.path("kind").asText();
    if (object.path("items").isArray()) {
      for (int k = 0; k < object.path("items").size(); k++) {
        JsonNode item = object.path("items").get(k);
        String its = item.has("kind") ? item.path("kind").asText() : kind.replaceAll("List$", "");
        one(its, item, path + "items[" + k + "].", out);
      }
    } else {
      one(kind, object, path, out);
    }
  }

  private static void one(String kind, JsonNode object, String path, TraceBuilder out) {
    switch (kind) {
      case "Node" -> node(object, path, out);
      case "ResourceQuota" ->
          out.quotas
              .computeIfAbsent(namespace(object), _ -> new ArrayList<>())
              .add(quota(object, path, out));
      case "LimitRange" ->
          out.limitRanges
              .computeIfAbsent(namespace(object), _ -> new ArrayList<>())
              .add(LimitRanges.stored(range(object, path, out)));
      default -> {}
    }
  }

  private static String namespace(JsonNode object) {
    return object.path("metadata").path("namespace").asText("default");
  }

  private static void node(JsonNode object, String path, TraceBuilder out) {
    String name = object.path("metadata").path("name").asText();
    if (name.isEmpty()) {
      out.problem(path + "metadata.name", "Required value");
      return;
    }
    Map<String, String> labels = new LinkedHashMap<>();
    object
        .path("metadata")
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    String field = object.path("status").has("allocatable") ? "allocatable" : "capacity";
    ResourceList allocatable =
        amounts(object.path("status").path(field), path + "status." + field, out);
    if (out.claim("node " + name, path + "metadata.name")) {
      out.nodes.add(
          new TraceNode(
              name,
              labels,
              allocatable,
              object.path("spec").path("unschedulable").asBoolean(),
              object));
    }
  }

  private static ResourceQuota quota(JsonNode object, String path, TraceBuilder out) {
    ResourceList hard = amounts(object.path("spec").path("hard"), path + "spec.hard", out);
    List<QuotaScope> scopes = new ArrayList<>();
    object.path("spec").path("scopes").forEach(s -> scopes.add(QuotaScope.exists(s.asText())));
    for (JsonNode match : object.path("spec").path("scopeSelector").path("matchExpressions")) {
      List<String> values = new ArrayList<>();
      match.path("values").forEach(value -> values.add(value.asText()));
      scopes.add(
          new QuotaScope(
              match.path("scopeName").asText(), match.path("operator").asText(), values));
    }
    ResourceList nothing = hard.map(_ -> Quantity.ZERO);
    return new ResourceQuota(object.path("metadata").path("name").asText(), scopes, hard, nothing);
  }

  private static LimitRange range(JsonNode object, String path, TraceBuilder out) {
    List<LimitRange.Item> items = new ArrayList<>();
    int k = 0;
    for (JsonNode item : object.path("spec").path("limits")) {
      String at = path + "spec.limits[" + k++ + "].";
      items.add(
          new LimitRange.Item(
              item.path("type").asText(),
              amounts(item.path("max"), at + "max", out),
              amounts(item.path("min"), at + "min", out),
              amounts(item.path("default"), at + "default", out),
              amounts(item.path("defaultRequest"), at + "defaultRequest", out),
              amounts(item.path("maxLimitRequestRatio"), at + "maxLimitRequestRatio", out)));
    }
    return new LimitRange(items);
  }

  /** Amounts by name; a wrong one is told and left out. */
  static ResourceList amounts(JsonNode map, String path, TraceBuilder out) {
    var amounts = new TreeMap<String, Quantity>();
    map.properties()
        .forEach(entry -> {
          try {
            amounts.put(entry.getKey(), Quantity.parse(entry.getValue().asText()));
          } catch (IllegalArgumentException e) {
            out.problem(path + "." + entry.getKey(), String.valueOf(e.getMessage()));
          }
        });
    return map.isObject() ? ResourceList.of(amounts) : ResourceList.ABSENT;
  }
}
