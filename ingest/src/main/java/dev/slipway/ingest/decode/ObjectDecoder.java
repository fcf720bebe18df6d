package dev.slipway.ingest.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.schema.ApiType;
import dev.slipway.ingest.schema.ApiType.Field;
import dev.slipway.ingest.schema.ApiType.Kind;
import dev.slipway.ingest.schema.ApiType.ListOf;
import dev.slipway.ingest.schema.ApiType.MapOf;
import dev.slipway.ingest.schema.ApiType.Primitive;
import dev.slipway.ingest.schema.ApiType.Struct;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JSON into the form of a type as the API server does (rule V-03): unknown fields are
 * dropped and remembered, the first value of a wrong type fails the object but the rest is still
 * looked at, a value that reads itself (an amount, a time, a port) fails it at once, null is the
 * same as absent, names are case-sensitive.
 *
 * <p>The result is in normal form: a field whose zero cannot be told from its absence is left out
 * when it is zero, so that two objects the server would store alike are equal.
 */
public final class ObjectDecoder {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The server remembers no more unknown or repeated fields than this. */
  private static final int MAX_STRICT_ERRORS = 100;

  private final JsonParser parser;
  private final Set<String> strictErrors = new LinkedHashSet<>();
  private final List<String> path = new ArrayList<>();
  private String struct = "";
  private String here = "";
  private @Nullable DecodeException typeError;

  private ObjectDecoder(JsonParser parser) {
    this.parser = parser;
  }

  /** Decodes a tree. */
  public static Decoded decode(JsonNode tree, Struct type) throws DecodeException {
    try (JsonParser parser = tree.traverse()) {
      return decode(parser, type);
    } catch (IOException e) {
      throw new DecodeException(String.valueOf(e.getMessage()));
    }
  }

  /** Decodes what the parser reads next; fields come in the order of the text. */
  public static Decoded decode(JsonParser parser, Struct type) throws DecodeException, IOException {
    var decoder = new ObjectDecoder(parser);
    parser.nextToken();
    JsonNode tree = decoder.root(type);
    if (decoder.typeError != null) {
      throw decoder.typeError;
    }
    return new Decoded(
        tree instanceof ObjectNode object ? object : JSON.objectNode(),
        List.copyOf(decoder.strictErrors));
  }

  private JsonNode root(Struct type) throws DecodeException, IOException {
    try {
      return value(type, MissingNode.getInstance(), "");
    } catch (DecodeException e) {
      throw e.at(here);
    }
  }

  /**
   * Reads the value the parser stands on.
   *
   * @param old what an earlier field of the same name left, which an object is merged into
   * @param place where it stands, for unknown fields
   * @return the value, missing for null and for a wrong type
   */
  private JsonNode value(ApiType type, JsonNode old, String place)
      throws DecodeException, IOException {
    here = place;
    return switch (type) {
      case Primitive(Kind kind, _) -> primitive(type, kind);
      case Struct known -> object(known, old, place);
      case ListOf(ApiType element) -> list(type, element, place);
      case MapOf(ApiType element, _) -> map(type, element, old, place);
    };
  }

  private JsonNode object(Struct type, JsonNode old, String place)
      throws DecodeException, IOException {
    if (!opens(JsonToken.START_OBJECT, type)) {
      return MissingNode.getInstance();
    }
    ObjectNode object = old instanceof ObjectNode earlier ? earlier : JSON.objectNode();
    int depth = path.size();
    String outer = struct;
    var seen = new HashSet<String>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String inner = place.isEmpty() ? name : place + "." + name;
      parser.nextToken();
      Field field = type.field(name);
      if (field == null) {
        strict("unknown field", inner);
        parser.skipChildren();
        continue;
      }
      if (!seen.add(name)) {
        strict("duplicate field", inner);
      }
      if (field.optional() && parser.currentToken() == JsonToken.VALUE_NULL) {
        object.remove(name);
        continue;
      }
      struct = type.name();
      if (!field.owner().isEmpty()) {
        path.add(field.owner());
      }
      path.add(name);
      store(object, field, value(field.type(), object.path(name), inner));
      path.subList(depth, path.size()).clear();
      struct = outer;
    }
    return object;
  }

  /** Keeps the value of a field in normal form. */
  private static void store(ObjectNode object, Field field, JsonNode value) {
    if (value.isMissingNode()) {
      return;
    }
    if (isZero(field, value)) {
      object.remove(field.name());
    } else {
      object.set(field.name(), value);
    }
  }

  private static boolean isZero(Field field, JsonNode value) {
    if (value.isArray()) {
      return value.isEmpty();
    }
    if (value.isObject() && field.type() instanceof MapOf) {
      return value.isEmpty();
    }
    if (field.optional()) {
      return false;
    }
    return switch (value.getNodeType()) {
      case OBJECT -> value.isEmpty();
      case STRING -> value.asText().isEmpty() || isZeroAmount(field, value);
      case NUMBER -> value.longValue() == 0;
      case BOOLEAN -> !value.booleanValue();
      case ARRAY, BINARY, MISSING, NULL, POJO -> false;
    };
  }

  private static boolean isZeroAmount(Field field, JsonNode value) {
    return field.type() instanceof Primitive(Kind kind, _)
        && kind == Kind.QUANTITY
        && value.asText().equals("0");
  }

  private JsonNode list(ApiType type, ApiType element, String place)
      throws DecodeException, IOException {
    if (!opens(JsonToken.START_ARRAY, type)) {
      return MissingNode.getInstance();
    }
    ArrayNode list = JSON.arrayNode();
    int index = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode read = value(element, MissingNode.getInstance(), place + "[" + index++ + "]");
      list.add(read.isMissingNode() ? Zeros.of(element) : read);
    }
    return list;
  }

  private JsonNode map(ApiType type, ApiType element, JsonNode old, String place)
      throws DecodeException, IOException {
    if (!opens(JsonToken.START_OBJECT, type)) {
      return MissingNode.getInstance();
    }
    ObjectNode map = old instanceof ObjectNode earlier ? earlier : JSON.objectNode();
    var seen = new HashSet<String>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      String inner = place + "." + key;
      if (!seen.add(key)) {
        strict("duplicate field", inner);
      }
      parser.nextToken();
      JsonNode read = value(element, MissingNode.getInstance(), inner);
      map.set(key, read.isMissingNode() ? Zeros.of(element) : read);
    }
    return map;
  }

  /**
   * True if the value is of that shape; else null is passed over and anything else is a type error.
   */
  private boolean opens(JsonToken shape, ApiType type) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == shape) {
      return true;
    }
    if (token != JsonToken.VALUE_NULL) {
      typeError(GoErrors.kind(token), type.goName());
      parser.skipChildren();
    }
    return false;
  }

  private JsonNode primitive(ApiType type, Kind kind) throws DecodeException, IOException {
    JsonToken token = parser.currentToken();
    return switch (kind) {
      case STRING ->
          expect(token == JsonToken.VALUE_STRING, type, () -> JSON.textNode(parser.getText()));
      case BOOL -> expect(token.isBoolean(), type, () -> JSON.booleanNode(isTrue(token)));
      case INT32 -> integer(type, 32);
      case INT64 -> integer(type, 64);
      case QUANTITY -> SelfReaders.quantity(parser);
      case INT_OR_STRING -> SelfReaders.intOrString(parser, this::inContext);
      case TIME -> SelfReaders.time(parser, this::inContext);
      case ANY -> any();
    };
  }

  private static boolean isTrue(JsonToken token) {
    return token == JsonToken.VALUE_TRUE;
  }

  /** Reads a value. */
  @FunctionalInterface
  private interface Reading {
    JsonNode read() throws IOException;
  }

  private JsonNode expect(boolean fits, ApiType type, Reading reading) throws IOException {
    if (fits) {
      return reading.read();
    }
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NULL) {
      typeError(GoErrors.kind(token), type.goName());
      parser.skipChildren();
    }
    return MissingNode.getInstance();
  }

  private JsonNode integer(ApiType type, int bits) throws IOException {
    JsonToken token = parser.currentToken();
    if (!token.isNumeric()) {
      return expect(false, type, MissingNode::getInstance);
    }
    String text = GoErrors.number(parser.getText());
    Long value = GoErrors.integer(text, bits);
    if (value == null) {
      typeError("number " + text, type.goName());
      return MissingNode.getInstance();
    }
    return JSON.numberNode(value.longValue());
  }

  private JsonNode any() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return MissingNode.getInstance();
    }
    return Trees.read(parser);
  }

  private void strict(String what, String place) {
    if (strictErrors.size() < MAX_STRICT_ERRORS) {
      strictErrors.add(what + " \"" + place + "\"");
    }
  }

  private void typeError(String found, String wanted) {
    if (typeError == null) {
      typeError = new DecodeException(inContext(found, wanted)).at(here);
    }
  }

  private String inContext(String found, String wanted) {
    String text = "json: cannot unmarshal " + found + " into Go ";
    return path.isEmpty()
        ? text + "value of type " + wanted
        : text + "struct field " + struct + "." + String.join(".", path) + " of type " + wanted;
  }

  /** The zero of a type, for null in a list or map. */
  private static final class Zeros {
    private Zeros() {}

    static JsonNode of(ApiType type) {
      return switch (type) {
        case Struct _ -> JSON.objectNode();
        case ListOf _, MapOf _ -> NullNode.getInstance();
        case Primitive(Kind kind, _) ->
            switch (kind) {
              case STRING -> JSON.textNode("");
              case BOOL -> JSON.booleanNode(false);
              case INT32, INT64, INT_OR_STRING -> JSON.numberNode(0);
              case QUANTITY -> JSON.textNode("0");
              case TIME, ANY -> NullNode.getInstance();
            };
      };
    }
  }
}
