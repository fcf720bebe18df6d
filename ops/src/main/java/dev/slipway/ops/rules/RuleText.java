package dev.slipway.ops.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** Writes rules for people and programs. */
public final class RuleText {
  private RuleText() {}

  /** Rules under the headings of their sections. */
  public static List<String> list(List<Rule> rules, int width) {
    List<String> lines = new ArrayList<>();
    int ids = idWidth(rules);
    String section = "";
    for (Rule rule : rules) {
      if (!rule.section().equals(section)) {
        section = rule.section();
        if (!lines.isEmpty()) {
          lines.add("");
        }
        lines.add(section);
      }
      lines.addAll(wrapped("  " + pad(rule.id(), ids), rule.sentence(), width));
    }
    return lines;
  }

  /** Rules with their sources. */
  public static List<String> details(List<Rule> rules, int width) {
    List<String> lines = new ArrayList<>();
    int ids = idWidth(rules);
    for (Rule rule : rules) {
      lines.addAll(wrapped(pad(rule.id(), ids), rule.sentence(), width));
      lines.addAll(wrapped(pad("", ids), "(" + rule.source() + ")", width));
    }
    return lines;
  }

  /** An array of objects. */
  public static String json(List<Rule> rules) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Rule rule : rules) {
      array
          .addObject()
          .put("id", rule.id())
          .put("section", rule.section())
          .put("sentence", rule.sentence())
          .put("file", rule.file())
          .put("version", rule.version());
    }
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(array);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int idWidth(List<Rule> rules) {
    return rules.stream().mapToInt(rule -> rule.id().length()).max().orElse(0) + 2;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static List<String> wrapped(String head, String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(head);
    boolean empty = true;
    for (String word : text.split(" ")) {
      if (!empty && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(" ".repeat(head.length()));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
