package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.TreeMap;

/** Answers as JSON, and JSON as one fact a line, in an order that does not depend on the writer. */
final class JsonFacts {
  private JsonFacts() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = array();
    texts.forEach(array::add);
    return array;
  }

  /** Compares a recorded answer with this build's. */
  static Verdict compare(JsonNode recorded, JsonNode answer) {
    return Verdict.of(lines(recorded), lines(answer));
  }

  /** One line per scalar, {@code path = value}, objects by key. */
  static String lines(JsonNode node) {
    StringBuilder text = new StringBuilder();
    append(text, "", node);
    return text.toString();
  }

  private static void append(StringBuilder text, String path, JsonNode node) {
    if (node.isObject() && !node.isEmpty()) {
      var fields = new TreeMap<String, JsonNode>();
      node.fields().forEachRemaining(e -> fields.put(e.getKey(), e.getValue()));
      fields.forEach((key, value) -> append(text, path.isEmpty() ? key : path + "." + key, value));
    } else if (node.isArray() && !node.isEmpty() && !flat(node)) {
      for (int i = 0; i < node.size(); i++) {
        append(text, path + "[" + i + "]", node.get(i));
      }
    } else {
      text.append(path).append(" = ").append(node).append('\n');
    }
  }

  private static boolean flat(JsonNode array) {
    for (JsonNode element : array) {
      if (element.isContainerNode()) {
        return false;
      }
    }
    return true;
  }
}
