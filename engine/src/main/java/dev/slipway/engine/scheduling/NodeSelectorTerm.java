package dev.slipway.engine.scheduling;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One term of node affinity (K-031 to K-034; source: component-helpers {@code
 * scheduling/corev1/nodeaffinity}, 0.37).
 */
public record NodeSelectorTerm(List<LabelRequirement> expressions, List<LabelRequirement> fields) {
  private static final String NAME_FIELD = "metadata.name";

  public NodeSelectorTerm {
    expressions = List.copyOf(expressions);
    fields = List.copyOf(fields);
  }

  /** A term without requirements never matches and is not parsed. */
  boolean isEmpty() {
    return expressions.isEmpty() && fields.isEmpty();
  }

  /** Whether the scheduler can parse it. */
  boolean valid() {
    return expressions.stream().allMatch(LabelRequirement::valid)
        && fields.stream().allMatch(NodeSelectorTerm::isValidField);
  }

  private static boolean isValidField(LabelRequirement field) {
    boolean known =
        field.operator() == LabelRequirement.Operator.IN
            || field.operator() == LabelRequirement.Operator.NOT_IN;
    return known && field.values().size() == 1;
  }

  /** Whether the node satisfies all of a valid term. */
  boolean matches(SchedulingNode node) {
    for (LabelRequirement expression : expressions) {
      if (!expression.matches(node.labels())) {
        return false;
      }
    }
    for (LabelRequirement field : fields) {
      String value = field.key().equals(NAME_FIELD) ? node.name() : "";
      if (!field.matches(Map.of(field.key(), value))) {
        return false;
      }
    }
    return true;
  }

  /** The node names the term allows, null if it does not name any (K-034). */
  @Nullable Set<String> names() {
    Set<String> names = null;
    for (LabelRequirement field : fields) {
      if (field.key().equals(NAME_FIELD) && field.operator() == LabelRequirement.Operator.IN) {
        if (names == null) {
          names = new HashSet<>(field.values());
        } else {
          names.retainAll(field.values());
        }
      }
    }
    return names;
  }
}
