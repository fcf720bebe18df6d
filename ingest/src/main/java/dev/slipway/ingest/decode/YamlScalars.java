package dev.slipway.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plain YAML scalar is, by the YAML 1.1 rules of the API server's parser: {@code yes} and
 * {@code off} are booleans, {@code 010} is octal, {@code 1_000} is a number, {@code 30.0} an
 * integer once it has become JSON.
 */
final class YamlScalars {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> NOT_A_NUMBER = Set.of(".nan", ".NaN", ".NAN");
  private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
  private static final Pattern INTEGER =
      Pattern.compile(
          "(?<sign>[-+]?)(?:0[xX](?<hex>[0-9a-fA-F]+)|0[bB](?<binary>[01]+)"
              + "|0[oO]?(?<octal>[0-7]+)|(?<decimal>0|[1-9][0-9]*))");

  /** From here on Go prints a float with an exponent, which no longer reads as an integer. */
  private static final double INTEGRAL_BOUND = 1e21;

  private static final int MAX_INTEGER_BITS = 64;

  private YamlScalars() {}

  /**
   * The value of a plain scalar, null for a number JSON has no form for (infinities, not a number).
   */
  static @Nullable JsonNode resolve(String text) {
    if (TRUE.contains(text)) {
      return JSON.booleanNode(true);
    }
    if (FALSE.contains(text)) {
      return JSON.booleanNode(false);
    }
    if (NULL.contains(text)) {
      return JSON.nullNode();
    }
    if (NOT_A_NUMBER.contains(text) || INFINITE.matcher(text).matches()) {
      return null;
    }
    return looksLikeNumber(text.charAt(0)) ? number(text) : JSON.textNode(text);
  }

  private static boolean looksLikeNumber(char first) {
    return first >= '0' && first <= '9' || first == '+' || first == '-' || first == '.';
  }

  private static @Nullable JsonNode number(String text) {
    boolean startsWithDot = text.charAt(0) == '.';
    String plain = startsWithDot ? text : text.replace("_", "");
    if (!startsWithDot) {
      JsonNode integer = integer(plain);
      if (integer != null) {
        return integer;
      }
    }
    return FLOAT.matcher(plain).matches() ? decimal(plain) : JSON.textNode(text);
  }

  private static @Nullable JsonNode integer(String plain) {
    var matcher = INTEGER.matcher(plain);
    if (!matcher.matches()) {
      return null;
    }
    BigInteger magnitude;
    if (matcher.group("hex") != null) {
      magnitude = new BigInteger(matcher.group("hex"), 16);
    } else if (matcher.group("binary") != null) {
      magnitude = new BigInteger(matcher.group("binary"), 2);
    } else if (matcher.group("octal") != null) {
      magnitude = new BigInteger(matcher.group("octal"), 8);
    } else {
      magnitude = new BigInteger(matcher.group("decimal"));
    }
    boolean negative = matcher.group("sign").equals("-");
    BigInteger value = negative ? magnitude.negate() : magnitude;
    if (value.bitLength() < MAX_INTEGER_BITS) {
      return JSON.numberNode(value.longValue());
    }
    boolean unsigned = matcher.group("sign").isEmpty();
    return unsigned && value.bitLength() == MAX_INTEGER_BITS ? JSON.numberNode(value) : null;
  }

  private static @Nullable JsonNode decimal(String plain) {
    double value = Double.parseDouble(plain);
    return Double.isInfinite(value) ? JSON.textNode(plain) : jsonNumber(value);
  }

  /** The number as JSON prints it: without fraction where there is none. */
  static JsonNode jsonNumber(double value) {
    if (value == Math.rint(value) && Math.abs(value) < INTEGRAL_BOUND) {
      BigInteger whole = new BigDecimal(value).toBigInteger();
      return whole.bitLength() < MAX_INTEGER_BITS
          ? JSON.numberNode(whole.longValue())
          : JSON.numberNode(whole);
    }
    return JSON.numberNode(value);
  }
}
