package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A selector of pods or namespaces by label. An absent one is null where it is used and selects
 * nothing.
 *
 * @param matchLabels pairs that must all be there
 * @param expressions further requirements, all of them
 */
public record LabelSelector(Map<String, String> matchLabels, List<LabelRequirement> expressions) {
  public LabelSelector {
    matchLabels = Map.copyOf(matchLabels);
    expressions = List.copyOf(expressions);
  }

  /** The selector of those pairs. */
  public static LabelSelector of(Map<String, String> matchLabels) {
    return new LabelSelector(matchLabels, List.of());
  }

  /** Asks for nothing, so that it matches everything. */
  public boolean isEmpty() {
    return matchLabels.isEmpty() && expressions.isEmpty();
  }

  /** Whether the labels satisfy all of it. */
  public boolean matches(Map<String, String> labels) {
    for (Map.Entry<String, String> pair : matchLabels.entrySet()) {
      if (!pair.getValue().equals(labels.get(pair.getKey()))) {
        return false;
      }
    }
    for (LabelRequirement expression : expressions) {
      if (!expression.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  /** The selector with further requirements. */
  LabelSelector and(List<LabelRequirement> more) {
    if (more.isEmpty()) {
      return this;
    }
    var all = new ArrayList<>(expressions);
    all.addAll(more);
    return new LabelSelector(matchLabels, all);
  }
}
