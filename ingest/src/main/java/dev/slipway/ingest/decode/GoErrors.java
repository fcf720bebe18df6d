package dev.slipway.ingest.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words in which the API server speaks of JSON values. */
final class GoErrors {
  private static final int INT32_BITS = 32;

  private GoErrors() {}

  /** What a value is. */
  static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "object";
      case START_ARRAY -> "array";
      case VALUE_STRING -> "string";
      case VALUE_TRUE, VALUE_FALSE -> "bool";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
      default -> "null";
    };
  }

  /** A number as Go would have written it. */
  static String number(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The value of an integer literal, null if it is none or does not fit. */
  static @Nullable Long integer(String text, int bits) {
    try {
      long value = Long.parseLong(text);
      return bits == INT32_BITS && value != (int) value ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
