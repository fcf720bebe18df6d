package dev.slipway.engine.scheduling;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One requirement on a label, of a pod's selector or a node's (K-032, K-033). */
public record LabelRequirement(String key, Operator operator, List<String> values) {
  private static final int MAX_VALUE_LENGTH = 63;

  /** The operators of the API; {@link #UNKNOWN} is any other text. */
  public enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST,
    GREATER_THAN,
    LESS_THAN,
    UNKNOWN;

    /** The operator of that text. */
    public static Operator of(String text) {
      return switch (text) {
        case "In" -> IN;
        case "NotIn" -> NOT_IN;
        case "Exists" -> EXISTS;
        case "DoesNotExist" -> DOES_NOT_EXIST;
        case "Gt" -> GREATER_THAN;
        case "Lt" -> LESS_THAN;
        default -> UNKNOWN;
      };
    }
  }

  public LabelRequirement {
    values = List.copyOf(values);
  }

  /** Whether the scheduler can parse it at all (K-033). */
  boolean valid() {
    boolean shape =
        switch (operator) {
          case IN, NOT_IN -> !values.isEmpty();
          case EXISTS, DOES_NOT_EXIST -> values.isEmpty();
          case GREATER_THAN, LESS_THAN -> values.size() == 1 && number(values.get(0)) != null;
          case UNKNOWN -> false;
        };
    return shape && values.stream().allMatch(LabelRequirement::isLabelValue);
  }

  /** Whether the labels satisfy it; false for one that cannot be parsed. */
  boolean matches(Map<String, String> labels) {
    String value = labels.get(key);
    return switch (operator) {
      case IN -> value != null && values.contains(value);
      case NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
      case GREATER_THAN -> compare(value) > 0;
      case LESS_THAN -> compare(value) < 0;
      case UNKNOWN -> false;
    };
  }

  /** Sign of label minus value, 0 if one of them is no number. */
  private int compare(@Nullable String label) {
    Long left = label == null ? null : number(label);
    Long right = values.size() == 1 ? number(values.get(0)) : null;
    return left == null || right == null ? 0 : Long.compare(left, right);
  }

  private static @Nullable Long number(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '9') {
        return null;
      }
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean isLabelValue(String text) {
    if (text.length() > MAX_VALUE_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inner = i > 0 && i < text.length() - 1;
      boolean mark = c == '-' || c == '_' || c == '.';
      if (!isAlphanumeric(c) && !(inner && mark)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
