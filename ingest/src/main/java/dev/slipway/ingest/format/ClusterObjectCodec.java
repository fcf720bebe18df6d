package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.resources.LimitRange;
import dev.slipway.engine.resources.QuotaScope;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.ingest.manifest.FieldProblems;
import dev.slipway.ingest.manifest.PodReader;
import dev.slipway.ingest.manifest.PodWriter;

/** Objects that are no pods as JSON with the API's field names, and back. */
public final class ClusterObjectCodec {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ClusterObjectCodec() {}

  /** Reads what {@link #write} wrote; an {@link IllegalArgumentException} for any other kind. */
  public static ClusterObject read(JsonNode object) {
    ObjectKind kind = ObjectKind.of(Json.text(object, "apiVersion"), Json.text(object, "kind"));
    ObjectMeta metadata = PodReader.readMetadata(object.path("metadata"), FieldProblems.IGNORED);
    return ClusterObjects.read(kind, object, metadata);
  }

  /** The object with the fields the record holds. */
  public static ObjectNode write(ClusterObject object) {
    ObjectNode node = JSON.objectNode();
    node.put("apiVersion", object.kind().apiVersion());
    node.put("kind", object.kind().kind());
    node.set("metadata", PodWriter.metadata(object.metadata()));
    switch (object) {
      case ClusterObject.NodeObject known -> write(node, known);
      case ClusterObject.QuotaObject known -> write(node, known);
      case ClusterObject.LimitRangeObject known -> write(node, known);
      case ClusterObject.NamespaceObject known ->
          node.putObject("status").put("phase", known.phase());
      case ClusterObject.RuntimeClassObject known -> {
        node.put("handler", known.handler());
        amounts(node.putObject("overhead"), "podFixed", known.overhead());
        ObjectNode selector = node.putObject("scheduling").putObject("nodeSelector");
        known.nodeSelector().forEach(selector::put);
      }
      case ClusterObject.PriorityClassObject known ->
          node.put("value", known.value())
              .put("globalDefault", known.globalDefault())
              .put("preemptionPolicy", known.preemptionPolicy());
    }
    return node;
  }

  private static void write(ObjectNode node, ClusterObject.NodeObject known) {
    ObjectNode spec = node.putObject("spec").put("unschedulable", known.unschedulable());
    ArrayNode taints = spec.putArray("taints");
    for (ClusterObject.Taint taint : known.taints()) {
      taints
          .addObject()
          .put("key", taint.key())
          .put("value", taint.value())
          .put("effect", taint.effect());
    }
    ObjectNode status = node.putObject("status");
    amounts(status, "capacity", known.capacity());
    amounts(status, "allocatable", known.allocatable());
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", known.ready() ? "True" : "False");
  }

  private static void write(ObjectNode node, ClusterObject.QuotaObject known) {
    ObjectNode spec = node.putObject("spec");
    amounts(spec, "hard", known.hard());
    ArrayNode scopes = spec.putObject("scopeSelector").putArray("matchExpressions");
    for (QuotaScope scope : known.quota().scopes()) {
      ObjectNode term =
          scopes.addObject().put("scopeName", scope.name()).put("operator", scope.operator());
      ArrayNode values = term.putArray("values");
      scope.values().forEach(values::add);
    }
    ObjectNode status = node.putObject("status");
    amounts(status, "hard", known.quota().hard());
    amounts(status, "used", known.quota().used());
  }

  private static void write(ObjectNode node, ClusterObject.LimitRangeObject known) {
    ArrayNode limits = node.putObject("spec").putArray("limits");
    for (LimitRange.Item item : known.limits().limits()) {
      ObjectNode entry = limits.addObject().put("type", item.type());
      amounts(entry, "max", item.max());
      amounts(entry, "min", item.min());
      amounts(entry, "default", item.defaultLimits());
      amounts(entry, "defaultRequest", item.defaultRequests());
      amounts(entry, "maxLimitRequestRatio", item.maxLimitRequestRatio());
    }
  }

  private static void amounts(ObjectNode node, String field, ResourceList amounts) {
    if (amounts.present()) {
      ObjectNode map = node.putObject(field);
      for (int i = 0; i < amounts.size(); i++) {
        map.put(amounts.name(i), amounts.amount(i).toString());
      }
    }
  }
}
