package dev.slipway.engine.scheduling;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Node affinity of a pod.
 *
 * @param required terms of which one must match, null where absent
 * @param preferred terms that add their weight to a node's score, null where absent
 */
public record NodeAffinity(
    @Nullable List<NodeSelectorTerm> required, @Nullable List<Preferred> preferred) {
  /** None at all. */
  public static final NodeAffinity NONE = new NodeAffinity(null, null);

  /** A preferred term; a weight of 0 does not count. */
  public record Preferred(int weight, NodeSelectorTerm term) {}

  public NodeAffinity {
    required = required == null ? null : List.copyOf(required);
    preferred = preferred == null ? null : List.copyOf(preferred);
  }

  /** Node names the required terms narrow the search to, null for all (K-034). */
  @Nullable Set<String> narrowing() {
    if (required == null || required.isEmpty()) {
      return null;
    }
    Set<String> all = new TreeSet<>();
    for (NodeSelectorTerm term : required) {
      Set<String> names = term.names();
      if (names == null) {
        return null;
      }
      all.addAll(names);
    }
    return all;
  }
}
