package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.QuantityFormatException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects facts of a recorded answer beside ours and tells where they differ. Null, an empty list
 * and an empty map mean the same.
 */
final class Comparison {
  /** Words of a message that may be amounts, a full stop behind them included. */
  private static final Pattern WORD =
      Pattern.compile("(?<![^ =])[+-]?[0-9.][0-9A-Za-z.+-]*(?![^ ,\\]])");

  private final StringBuilder expected = new StringBuilder();
  private final StringBuilder actual = new StringBuilder();

  /**
   * One fact: the recorded tree and our value, a number, text, boolean, map or collection of these.
   */
  Comparison add(String what, JsonNode recorded, @Nullable Object ours) {
    String left = text(recorded);
    String right = text(ours);
    if (!left.equals(right)) {
      line(expected, what, left);
      line(actual, what, right);
    }
    return this;
  }

  /**
   * Messages with amounts in them: the reference repeats amounts as they were written, the engine
   * prints them canonically, so that both sides are compared with canonical amounts. Lists
   * of messages are sets.
   */
  Comparison addMessages(String what, JsonNode recorded, @Nullable Object ours) {
    return addTexts(what, text(canonical(values(recorded))), text(canonical(ours)));
  }

  private static Object values(JsonNode node) {
    return node.isTextual() ? node.asText() : ResourceJson.list(node, Comparison::values);
  }

  private static @Nullable Object canonical(@Nullable Object messages) {
    if (messages instanceof Collection<?> list) {
      var canonical = new ArrayList<@Nullable Object>();
      list.forEach(element -> canonical.add(canonical(element)));
      boolean flat = list.stream().allMatch(String.class::isInstance);
      if (flat) {
        canonical.sort(Comparator.comparing(String::valueOf));
      }
      return canonical;
    }
    return messages == null ? null : canonical(messages.toString());
  }

  private static String canonical(String text) {
    return WORD.matcher(text)
        .replaceAll(word -> Matcher.quoteReplacement(canonicalWord(word.group())));
  }

  private static String canonicalWord(String word) {
    try {
      return Quantity.parse(word).toString();
    } catch (QuantityFormatException e) {
      int end = word.length() - 1;
      return word.charAt(end) == '.' ? canonicalWord(word.substring(0, end)) : word;
    }
  }

  /** A fact whose two sides have been printed already. */
  Comparison addTexts(String what, String recorded, String ours) {
    if (!recorded.equals(ours)) {
      line(expected, what, recorded);
      line(actual, what, ours);
    }
    return this;
  }

  Verdict verdict() {
    return expected.isEmpty()
        ? Verdict.PASSED
        : new Verdict.Failed(expected.toString(), actual.toString());
  }

  private static void line(StringBuilder text, String what, String value) {
    if (!text.isEmpty()) {
      text.append('\n');
    }
    text.append(what).append(": ").append(value);
  }

  private static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull() || (node.isContainerNode() && node.isEmpty())) {
      return "-";
    }
    if (node.isObject()) {
      var sorted = new TreeMap<String, String>();
      node.properties().forEach(entry -> put(sorted, entry.getKey(), text(entry.getValue())));
      return sorted.isEmpty() ? "-" : sorted.toString();
    }
    if (node.isArray()) {
      var text = new StringBuilder();
      node.forEach(element -> text.append(text.isEmpty() ? "" : ", ").append(text(element)));
      return "[" + text + "]";
    }
    return node.asText();
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      var sorted = new TreeMap<String, String>();
      map.forEach((key, element) -> put(sorted, String.valueOf(key), text(element)));
      return sorted.isEmpty() ? "-" : sorted.toString();
    }
    if (value instanceof Collection<?> list) {
      var text = new StringBuilder();
      list.forEach(element -> text.append(text.isEmpty() ? "" : ", ").append(text(element)));
      return list.isEmpty() ? "-" : "[" + text + "]";
    }
    return value == null ? "-" : value.toString();
  }

  private static void put(Map<String, String> map, String key, String value) {
    if (!value.equals("-")) {
      map.put(key, value);
    }
  }
}
