package dev.slipway.ingest.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/**
 * The types that read themselves: amounts, times, ports. Their errors fail the whole object at
 * once.
 */
final class SelfReaders {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SelfReaders() {}

  /** Words a type error with the place it was found in. */
  @FunctionalInterface
  interface Wording {
    String of(String found, String wanted);
  }

  /** An amount in its canonical text; null is zero. */
  static JsonNode quantity(JsonParser parser) throws DecodeException, IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return JSON.textNode("0");
    }
    boolean scalar = token == JsonToken.VALUE_STRING || token.isNumeric();
    String text = scalar ? parser.getText() : "{";
    parser.skipChildren();
    return JSON.textNode(QuantityText.canonical(text.strip()));
  }

  /** A number of 32 bits or a text; null is zero. */
  static JsonNode intOrString(JsonParser parser, Wording wording)
      throws DecodeException, IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return JSON.textNode(parser.getText());
    }
    if (token == JsonToken.VALUE_NULL) {
      return JSON.numberNode(0);
    }
    if (!token.isNumeric()) {
      throw new DecodeException(wording.of(GoErrors.kind(token), "int32"));
    }
    String text = GoErrors.number(parser.getText());
    Long value = GoErrors.integer(text, Integer.SIZE);
    if (value == null) {
      throw new DecodeException(wording.of("number " + text, "int32"));
    }
    return JSON.numberNode(value.intValue());
  }

  /** A time in UTC and whole seconds; null is absent. */
  static JsonNode time(JsonParser parser, Wording wording) throws DecodeException, IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return MissingNode.getInstance();
    }
    if (token != JsonToken.VALUE_STRING) {
      throw new DecodeException(wording.of(GoErrors.kind(token), "string"));
    }
    return JSON.textNode(TimeText.canonical(parser.getText()));
  }
}
