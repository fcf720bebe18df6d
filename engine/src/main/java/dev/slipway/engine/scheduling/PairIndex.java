package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds the few selectors that may match given labels: each is filed under one label pair it asks
 * for (or several, of which labels can have one only), those that ask for none in a common list.
 */
final class PairIndex<T> {
  private record Pair(String key, String value) {}

  private final Map<Pair, List<T>> byPair = new HashMap<>();
  private final List<T> others = new ArrayList<>();

  void add(LabelSelector selector, T item) {
    List<Pair> pairs = pairs(selector);
    for (Pair pair : pairs) {
      byPair.computeIfAbsent(pair, _ -> new ArrayList<>()).add(item);
    }
    if (pairs.isEmpty()) {
      others.add(item);
    }
  }

  void remove(LabelSelector selector, T item) {
    List<Pair> pairs = pairs(selector);
    for (Pair pair : pairs) {
      List<T> items = byPair.get(pair);
      if (items != null && items.remove(item) && items.isEmpty()) {
        byPair.remove(pair);
      }
    }
    if (pairs.isEmpty()) {
      others.remove(item);
    }
  }

  /** Hands over each item whose selector may match the labels, once. */
  void candidates(Map<String, String> labels, Consumer<T> taker) {
    if (!byPair.isEmpty()) {
      for (Map.Entry<String, String> label : labels.entrySet()) {
        List<T> items = byPair.get(new Pair(label.getKey(), label.getValue()));
        if (items != null) {
          items.forEach(taker);
        }
      }
    }
    others.forEach(taker);
  }

  private static List<Pair> pairs(LabelSelector selector) {
    if (!selector.matchLabels().isEmpty()) {
      Map.Entry<String, String> first = new TreeMap<>(selector.matchLabels()).firstEntry();
      return List.of(new Pair(first.getKey(), first.getValue()));
    }
    for (LabelRequirement expression : selector.expressions()) {
      if (expression.operator() == LabelRequirement.Operator.IN) {
        return expression.values().stream()
            .distinct()
            .map(value -> new Pair(expression.key(), value))
            .toList();
      }
    }
    return List.of();
  }
}
