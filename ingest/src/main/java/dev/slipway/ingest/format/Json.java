package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.manifest.ApiTimes;
import java.time.DateTimeException;

/** Reads single values out of trees, an odd one as absent. */
final class Json {
  private Json() {}

  /** The text, empty where there is none. */
  static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : "";
  }

  /** The text of a field, empty where there is none. */
  static String text(JsonNode object, String field) {
    return text(object.path(field));
  }

  /** The text of the first of two fields that has one. */
  static String text(JsonNode object, String field, String otherwise) {
    String text = text(object, field);
    return text.isEmpty() ? text(object, otherwise) : text;
  }

  /** The field, by either of its spellings. */
  static JsonNode field(JsonNode object, String name, String otherwise) {
    JsonNode value = object.path(name);
    return value.isMissingNode() ? object.path(otherwise) : value;
  }

  /** The whole number of a field that is written as a number or as text, else what is given. */
  static long whole(JsonNode value, long otherwise) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value.isTextual()) {
      try {
        return Long.parseLong(value.textValue());
      } catch (NumberFormatException _) {
        return otherwise;
      }
    }
    return otherwise;
  }

  /** Epoch nanoseconds of an RFC 3339 text, {@link Times#NONE} where it is none. */
  static long time(JsonNode value) {
    return time(text(value));
  }

  static long time(String text) {
    if (text.isEmpty()) {
      return Times.NONE;
    }
    try {
      return ApiTimes.parse(text);
    } catch (DateTimeException _) {
      return Times.NONE;
    }
  }
}
