package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeSet;

/** A tree as sorted lines, one fact each: {@code path = value}. */
final class Facts {
  private final TreeSet<String> lines = new TreeSet<>();

  private Facts() {}

  static String of(JsonNode tree) {
    var facts = new Facts();
    facts.add("", tree);
    return String.join("\n", facts.lines);
  }

  private void add(String path, JsonNode node) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties().forEach(entry -> add(path + "." + entry.getKey(), entry.getValue()));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        add(path + "[" + i + "]", node.get(i));
      }
    } else if (!node.isArray()) {
      lines.add(path + " = " + node);
    }
  }
}
