package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Strategic merge patches of pods and nodes (k8s.io/apimachinery pkg/util/strategicpatch, 1.37):
 * objects are merged, null removes, lists with a merge key are merged by it and others replaced.
 */
final class StrategicMerge {
  private static final String DIRECTIVE = "$patch";
  private static final String ORDER = "$setElementOrder/";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
  private static final String RETAIN = "$retainKeys";

  /** An empty key stands for a list of texts that is merged as a set. */
  private static final Map<String, String> MERGE_KEYS =
      Map.ofEntries(
          Map.entry("addresses", "type"),
          Map.entry("conditions", "type"),
          Map.entry("containers", "name"),
          Map.entry("env", "name"),
          Map.entry("ephemeralContainers", "name"),
          Map.entry("finalizers", ""),
          Map.entry("hostAliases", "ip"),
          Map.entry("hostIPs", "ip"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("ownerReferences", "uid"),
          Map.entry("podCIDRs", ""),
          Map.entry("podIPs", "ip"),
          Map.entry("ports", "containerPort"),
          Map.entry("resourceClaims", "name"),
          Map.entry("resourceClaimStatuses", "name"),
          Map.entry("schedulingGates", "name"),
          Map.entry("topologySpreadConstraints", "topologyKey"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumes", "name"));

  private StrategicMerge() {}

  /** Changes the object as the patch says. */
  static void apply(ObjectNode object, ObjectNode patch) {
    switch (Json.text(patch, DIRECTIVE)) {
      case "replace", "delete" -> object.removeAll();
      default -> retain(object, patch.path(RETAIN));
    }
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (!field.getKey().startsWith("$")) {
        set(object, field.getKey(), field.getValue());
      }
    }
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      String name = field.getKey();
      if (name.startsWith(DELETE_FROM)) {
        delete(object.path(name.substring(DELETE_FROM.length())), field.getValue());
      } else if (name.startsWith(ORDER)) {
        order(object, name.substring(ORDER.length()), field.getValue());
      }
    }
  }

  private static void retain(ObjectNode object, JsonNode names) {
    if (names.isArray()) {
      object.properties().removeIf(field -> !contains(names, field.getKey()));
    }
  }

  private static boolean contains(JsonNode texts, String text) {
    for (JsonNode each : texts) {
      if (Json.text(each).equals(text)) {
        return true;
      }
    }
    return false;
  }

  private static void set(ObjectNode object, String name, JsonNode value) {
    JsonNode before = object.path(name);
    String key = MERGE_KEYS.get(name);
    if (value.isNull()) {
      object.remove(name);
    } else if (value instanceof ObjectNode patch) {
      ObjectNode inner = before instanceof ObjectNode known ? known : object.putObject(name);
      apply(inner, patch);
    } else if (value instanceof ArrayNode patch && key != null) {
      ArrayNode list = before instanceof ArrayNode known ? known : object.putArray(name);
      merge(list, patch, key);
    } else {
      object.set(name, value.deepCopy());
    }
  }

  private static void merge(ArrayNode list, ArrayNode patch, String key) {
    for (JsonNode item : patch) {
      if (key.isEmpty()) {
        if (!contains(list, Json.text(item))) {
          list.add(item.deepCopy());
        }
      } else if (item instanceof ObjectNode change) {
        mergeItem(list, change, key);
      }
    }
  }

  private static void mergeItem(ArrayNode list, ObjectNode change, String key) {
    int at = indexOf(list, change.path(key), key);
    String directive = Json.text(change, DIRECTIVE);
    if (directive.equals("delete")) {
      if (at >= 0) {
        list.remove(at);
      }
    } else if (directive.equals("replace") && !change.has(key)) {
      list.removeAll();
    } else if (at >= 0 && list.get(at) instanceof ObjectNode known) {
      apply(known, change);
    } else {
      apply(list.addObject(), change);
    }
  }

  private static int indexOf(ArrayNode list, JsonNode value, String key) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).equals(value)) {
        return i;
      }
    }
    return -1;
  }

  private static void delete(JsonNode list, JsonNode texts) {
    if (list instanceof ArrayNode array) {
      for (int i = array.size() - 1; i >= 0; i--) {
        if (contains(texts, Json.text(array.get(i)))) {
          array.remove(i);
        }
      }
    }
  }

  /** The order names every element there is after the patch. */
  private static void order(ObjectNode object, String name, JsonNode order) {
    String key = MERGE_KEYS.get(name);
    if (!(object.path(name) instanceof ArrayNode list) || key == null || key.isEmpty()) {
      return;
    }
    ArrayNode ordered = list.arrayNode();
    for (JsonNode each : order) {
      int at = indexOf(list, each.path(key), key);
      if (at >= 0) {
        ordered.add(list.remove(at));
      }
    }
    ordered.addAll(list);
    object.set(name, ordered);
  }
}
