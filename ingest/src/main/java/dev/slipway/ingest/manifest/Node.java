package dev.slipway.ingest.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in an object tree with its field path. Reads values leniently: an odd one is reported and
 * read as absent.
 */
final class Node {
  private final JsonNode json;
  private final String path;
  private final FieldProblems problems;

  Node(JsonNode json, String path, FieldProblems problems) {
    this.json = json;
    this.path = path;
    this.problems = problems;
  }

  JsonNode json() {
    return json;
  }

  boolean present() {
    return !json.isMissingNode() && !json.isNull();
  }

  Node get(String field) {
    if (present() && !json.isObject()) {
      return at(MissingNode.getInstance(), field);
    }
    return at(json.path(field), field);
  }

  private Node at(JsonNode value, String field) {
    return new Node(value, path.isEmpty() ? field : path + "." + field, problems);
  }

  void report(String reason) {
    problems.add(path, reason);
  }

  /**
   * The text, empty where absent. Numbers and booleans are taken for the text they are written as.
   */
  String text() {
    if (!present()) {
      return "";
    }
    if (json.isContainerNode()) {
      report("want a text, found " + kind());
      return "";
    }
    return json.asText();
  }

  @Nullable String textOrNull() {
    return present() ? text() : null;
  }

  boolean bool() {
    Boolean value = boolOrNull();
    return value != null && value;
  }

  @Nullable Boolean boolOrNull() {
    if (!present()) {
      return null;
    }
    if (!json.isBoolean()) {
      report("want true or false, found " + kind());
      return null;
    }
    return json.booleanValue();
  }

  @Nullable Long wholeOrNull() {
    if (!present()) {
      return null;
    }
    if (!json.isNumber() || !json.canConvertToExactIntegral() || !json.canConvertToLong()) {
      report("want a whole number, found " + (json.isNumber() ? json.asText() : kind()));
      return null;
    }
    return json.longValue();
  }

  long whole() {
    Long value = wholeOrNull();
    return value == null ? 0 : value;
  }

  /** A whole number of 32 bits, 0 where absent. */
  int whole32() {
    Integer value = whole32OrNull();
    return value == null ? 0 : value;
  }

  @Nullable Integer whole32OrNull() {
    Long value = wholeOrNull();
    if (value == null) {
      return null;
    }
    if (value != value.intValue()) {
      report("out of range: " + value);
      return null;
    }
    return value.intValue();
  }

  /** The elements of a list; empty where absent. */
  <T> List<T> list(Function<Node, T> element) {
    var elements = new ArrayList<T>();
    if (present() && !json.isArray()) {
      report("want a list, found " + kind());
    } else if (present()) {
      int index = 0;
      for (JsonNode child : json) {
        elements.add(element.apply(new Node(child, path + "[" + index++ + "]", problems)));
      }
    }
    return elements;
  }

  /** The values of a map; empty where absent, without those that are null. */
  <T> Map<String, T> map(Function<Node, @Nullable T> value) {
    var values = new LinkedHashMap<String, T>();
    if (present() && !json.isObject()) {
      report("want a map, found " + kind());
    } else if (present()) {
      json.properties()
          .forEach(entry -> {
            T read = value.apply(at(entry.getValue(), entry.getKey()));
            if (read != null) {
              values.put(entry.getKey(), read);
            }
          });
    }
    return values;
  }

  /** What the value is, in the words of the API. */
  private String kind() {
    return switch (json.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case BOOLEAN -> json.asText();
      case NUMBER -> "the number " + json.asText();
      case STRING, BINARY -> "the text '" + json.asText() + "'";
      case NULL, MISSING -> "nothing";
    };
  }
}
