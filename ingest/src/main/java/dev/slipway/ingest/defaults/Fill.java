package dev.slipway.ingest.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** Small steps on trees: reach a part, fill in what is absent. */
final class Fill {
  private Fill() {}

  /** Does something with an object if it is there. */
  static void object(JsonNode parent, String field, Consumer<ObjectNode> action) {
    if (parent.path(field) instanceof ObjectNode object) {
      action.accept(object);
    }
  }

  /** Does something with each object of a list. */
  static void each(JsonNode parent, String list, Consumer<ObjectNode> action) {
    for (JsonNode element : parent.path(list)) {
      if (element instanceof ObjectNode object) {
        action.accept(object);
      }
    }
  }

  /** The object of a field, made if absent. */
  static ObjectNode make(ObjectNode parent, String field) {
    return parent.path(field) instanceof ObjectNode object ? object : parent.putObject(field);
  }

  static void text(ObjectNode parent, String field, String value) {
    if (parent.path(field).asText().isEmpty()) {
      parent.put(field, value);
    }
  }

  /** For texts where absent and empty differ. */
  static void absentText(ObjectNode parent, String field, String value) {
    if (!parent.has(field)) {
      parent.put(field, value);
    }
  }

  static void absent(ObjectNode parent, String field, long value) {
    if (!parent.has(field)) {
      parent.put(field, value);
    }
  }

  static void absent(ObjectNode parent, String field, boolean value) {
    if (!parent.has(field)) {
      parent.put(field, value);
    }
  }
}
