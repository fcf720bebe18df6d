package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pods that match all of some terms, as the groups of pods that do. */
final class PodMatcher {
  final List<ResolvedTerm> terms;
  private final List<PodGroup> groups = new ArrayList<>();

  /** Plans that use it. */
  int references;

  PodMatcher(List<ResolvedTerm> terms) {
    this.terms = List.copyOf(terms);
  }

  boolean matches(PodGroup group, @Nullable Map<String, String> namespaceLabels) {
    for (ResolvedTerm term : terms) {
      if (!term.matches(group.namespace, namespaceLabels, group.labels)) {
        return false;
      }
    }
    return true;
  }

  void add(PodGroup group) {
    groups.add(group);
  }

  /** Number of groups; those that died are forgotten first. */
  int size() {
    for (int i = groups.size() - 1; i >= 0; i--) {
      if (groups.get(i).dead) {
        groups.set(i, groups.get(groups.size() - 1));
        groups.remove(groups.size() - 1);
      }
    }
    return groups.size();
  }

  PodGroup group(int index) {
    return groups.get(index);
  }
}
