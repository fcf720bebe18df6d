package dev.slipway.ops.resources;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ResourceList;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Amounts as tables show them: cpu and memory in one cell, long byte counts shortened. */
final class Amounts {
  static final String CPU = "cpu";
  static final String MEMORY = "memory";
  static final String NOTHING = "-";

  /** A limit that is not there. */
  static final String NONE = "none";

  private static final int LONGEST = 7;
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
  private static final List<String> BINARY_UNITS = List.of("Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

  private Amounts() {}

  /** {@code 350m/220Mi}, {@code -} if there is neither. */
  static String pair(ResourceList list) {
    return list.isNonZero(CPU) || list.isNonZero(MEMORY)
        ? text(list.getOrZero(CPU)) + "/" + text(list.getOrZero(MEMORY))
        : NOTHING;
  }

  /** The same with a sign in front of what is more than nothing. */
  static String signedPair(ResourceList list) {
    return list.isNonZero(CPU) || list.isNonZero(MEMORY)
        ? signed(list.getOrZero(CPU)) + "/" + signed(list.getOrZero(MEMORY))
        : NOTHING;
  }

  /** {@code 650m/none}. */
  static String limits(ResourceList declared, List<String> unlimited) {
    return limit(declared, unlimited, CPU) + "/" + limit(declared, unlimited, MEMORY);
  }

  private static String limit(ResourceList declared, List<String> unlimited, String name) {
    return unlimited.contains(name) ? NONE : text(declared.getOrZero(name));
  }

  static String signed(Quantity amount) {
    return (amount.signum() > 0 ? "+" : "") + text(amount);
  }

  /** The canonical text, or two decimals of a larger unit where that is too long to read. */
  static String text(Quantity amount) {
    String exact = amount.toString();
    BigDecimal value = amount.toBigDecimal();
    if (exact.length() <= LONGEST || value.abs().compareTo(KIBI) < 0) {
      return exact;
    }
    int unit = -1;
    while (value.abs().compareTo(KIBI) >= 0 && unit < BINARY_UNITS.size() - 1) {
      value = value.divide(KIBI);
      unit++;
    }
    return value.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString()
        + BINARY_UNITS.get(unit);
  }

  /** Everything but cpu and memory: {@code nvidia.com/gpu=1 hugepages-2Mi=4Mi}. */
  static String others(ResourceList list) {
    String text =
        list.toMap().entrySet().stream()
            .filter(entry -> !entry.getKey().equals(CPU) && !entry.getKey().equals(MEMORY))
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
    return text.isEmpty() ? NOTHING : text;
  }

  /** {@code (Service 2, Secret 1)}. */
  static String counts(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
