package dev.slipway.ops.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** One node as a row of {@code kubectl get nodes -o wide}. */
public final class NodeRow {
  /** The columns; those after Version are for wide tables. */
  public static final List<String> COLUMNS =
      List.of(
          "Name",
          "Status",
          "Roles",
          "Age",
          "Version",
          "Internal-IP",
          "External-IP",
          "OS-Image",
          "Kernel-Version",
          "Container-Runtime");

  private static final String ROLE_LABEL = "node-role.kubernetes.io/";
  private static final String NONE = "<none>";

  private NodeRow() {}

  /** The cells of a node's row at a time in epoch nanoseconds. */
  public static List<String> of(JsonNode node, long now) {
    JsonNode info = node.path("status").path("nodeInfo");
    var cells = new ArrayList<String>();
    cells.add(node.path("metadata").path("name").asText());
    cells.add(status(node));
    cells.add(roles(node.path("metadata").path("labels")));
    cells.add(HumanDuration.since(node.path("metadata").path("creationTimestamp"), now));
    cells.add(info.path("kubeletVersion").asText());
    cells.add(address(node, "InternalIP"));
    cells.add(address(node, "ExternalIP"));
    cells.add(known(info, "osImage"));
    String architecture = info.path("architecture").asText();
    cells.add(
        known(info, "kernelVersion") + (architecture.isEmpty() ? "" : " (" + architecture + ")"));
    cells.add(known(info, "containerRuntimeVersion"));
    return cells;
  }

  private static String known(JsonNode info, String field) {
    String text = info.path(field).asText();
    return text.isEmpty() ? "<unknown>" : text;
  }

  /** The last condition of a type counts. */
  private static String status(JsonNode node) {
    String word = "Unknown";
    for (JsonNode condition : node.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        word = condition.path("status").asText().equals("True") ? "Ready" : "NotReady";
      }
    }
    return node.path("spec").path("unschedulable").asBoolean()
        ? word + ",SchedulingDisabled"
        : word;
  }

  private static String roles(JsonNode labels) {
    var roles = new TreeSet<String>();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      String key = label.getKey();
      String value = label.getValue().asText();
      if (key.startsWith(ROLE_LABEL) && key.length() > ROLE_LABEL.length()) {
        roles.add(key.substring(ROLE_LABEL.length()));
      } else if (key.equals("kubernetes.io/role") && !value.isEmpty()) {
        roles.add(value);
      }
    }
    return roles.isEmpty() ? NONE : String.join(",", roles);
  }

  private static String address(JsonNode node, String type) {
    for (JsonNode address : node.path("status").path("addresses")) {
      if (address.path("type").asText().equals(type)) {
        return address.path("address").asText();
      }
    }
    return NONE;
  }
}
