package dev.slipway.engine.scheduling;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether nodes match a pod's node selector and required node affinity (K-031). */
final class NodeMatch {
  private final @Nullable Map<String, String> selector;
  private final @Nullable List<NodeSelectorTerm> required;

  NodeMatch(SchedulingSpec.NodeRules rules) {
    selector = rules.nodeSelector();
    List<NodeSelectorTerm> terms = rules.affinity().required();
    required =
        terms == null
            ? null
            : terms.stream().filter(term -> !term.isEmpty() && term.valid()).toList();
  }

  boolean matches(SchedulingNode node) {
    if (selector != null) {
      for (Map.Entry<String, String> pair : selector.entrySet()) {
        if (!pair.getValue().equals(node.labels().get(pair.getKey()))) {
          return false;
        }
      }
    }
    if (required == null) {
      return true;
    }
    for (NodeSelectorTerm term : required) {
      if (term.matches(node)) {
        return true;
      }
    }
    return false;
  }
}
