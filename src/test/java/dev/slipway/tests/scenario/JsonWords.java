package dev.slipway.tests.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON whose names and texts need no quotes: {@code {exec:{command:[sh,-c]},periodSeconds:5}}. */
final class JsonWords {
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

  private final String text;
  private int at;

  JsonWords(String text) {
    this.text = text;
  }

  /** The one value the text is; text that is none stands for itself. */
  JsonNode whole() {
    if (text.isEmpty() || "{[\"".indexOf(text.charAt(0)) < 0) {
      return plain(text);
    }
    JsonNode value = value();
    if (at != text.length()) {
      throw new IllegalArgumentException("not one value: " + text);
    }
    return value;
  }

  private JsonNode value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> MAKE.textNode(quoted());
      default -> plain(bare());
    };
  }

  private ObjectNode object() {
    ObjectNode object = MAKE.objectNode();
    at++;
    while (peek() != '}') {
      String name = bare();
      expect(':');
      object.set(name, value());
      comma();
    }
    at++;
    return object;
  }

  private ArrayNode array() {
    ArrayNode array = MAKE.arrayNode();
    at++;
    while (peek() != ']') {
      array.add(value());
      comma();
    }
    at++;
    return array;
  }

  private void comma() {
    if (peek() == ',') {
      at++;
    }
  }

  private void expect(char ch) {
    if (peek() != ch) {
      throw new IllegalArgumentException("no " + ch + " at " + at + ": " + text);
    }
    at++;
  }

  private char peek() {
    if (at == text.length()) {
      throw new IllegalArgumentException("ends early: " + text);
    }
    return text.charAt(at);
  }

  private String quoted() {
    int end = text.indexOf('"', at + 1);
    String inside = text.substring(at + 1, end);
    at = end + 1;
    return inside;
  }

  private String bare() {
    int from = at;
    while (",:]}".indexOf(peek()) < 0) {
      at++;
    }
    return text.substring(from, at);
  }

  private static JsonNode plain(String word) {
    if (word.equals("true") || word.equals("false")) {
      return MAKE.booleanNode(word.equals("true"));
    }
    if (word.equals("null")) {
      return MAKE.nullNode();
    }
    return word.matches("-?[0-9]{1,18}")
        ? MAKE.numberNode(Long.parseLong(word))
        : MAKE.textNode(word);
  }
}
