package dev.slipway.tests.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON in the words of a table: {@code spec.containers[0].name=a}. What is in the way of a path is
 * made; {@code ~} takes the field away. Values are those of {@link JsonWords}.
 */
final class JsonPaths {
  private JsonPaths() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The value of a cell's word. */
  static JsonNode value(String text) {
    return new JsonWords(text).whole();
  }

  /** Takes one assignment. */
  static void set(ObjectNode root, String assignment) {
    int at = assignment.indexOf('=');
    List<String> steps = steps(assignment.substring(0, at).strip());
    String text = assignment.substring(at + 1).strip();
    JsonNode node = root;
    for (int k = 0; k < steps.size() - 1; k++) {
      node = child(node, steps.get(k), steps.get(k + 1).startsWith("["));
    }
    String last = steps.getLast();
    if (!(node instanceof ObjectNode parent)) {
      ArrayNode list = (ArrayNode) node;
      child(list, last, false);
      list.set(index(last), value(text));
    } else if (text.equals("~")) {
      parent.remove(last);
    } else {
      parent.set(last, value(text));
    }
  }

  private static JsonNode child(JsonNode node, String step, boolean list) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    if (node instanceof ArrayNode array) {
      while (array.size() <= index(step)) {
        array.add(list ? make.arrayNode() : make.objectNode());
      }
      return array.get(index(step));
    }
    ObjectNode object = (ObjectNode) node;
    if (!object.has(step)) {
      object.set(step, list ? make.arrayNode() : make.objectNode());
    }
    return object.get(step);
  }

  /** What stands at a path. */
  static JsonNode get(JsonNode root, String path) {
    JsonNode node = root;
    for (String step : steps(path)) {
      node = step.startsWith("[") ? node.path(index(step)) : node.path(step);
    }
    return node;
  }

  /** A value in the words of a cell; {@code ~} if it is not there. */
  static String text(JsonNode node) {
    if (node instanceof MissingNode) {
      return "~";
    }
    return node.isValueNode() ? node.asText() : node.toString().replace("\"", "'");
  }

  private static int index(String step) {
    return Integer.parseInt(step.substring(1, step.length() - 1));
  }

  private static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    for (String part : path.split("[.]")) {
      int bracket = part.indexOf('[');
      String name = bracket < 0 ? part : part.substring(0, bracket);
      if (!name.isEmpty()) {
        steps.add(name);
      }
      while (bracket >= 0) {
        int end = part.indexOf(']', bracket);
        steps.add(part.substring(bracket, end + 1));
        bracket = part.indexOf('[', end);
      }
    }
    return steps;
  }
}
