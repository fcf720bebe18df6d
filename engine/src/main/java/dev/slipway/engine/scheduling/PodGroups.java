package dev.slipway.engine.scheduling;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All groups of pods and all matchers over them. A change of a pod touches its group alone; a
 * matcher reads the groups it matches, which is decided once for each pair of both.
 */
final class PodGroups {
  private record Key(String namespace, Map<String, String> labels) {}

  private final Namespaces namespaces;
  private final Map<Key, PodGroup> groups = new HashMap<>();
  private final Map<String, Set<PodGroup>> byNamespace = new HashMap<>();
  private final Map<List<ResolvedTerm>, PodMatcher> matchers = new HashMap<>();
  private final PairIndex<PodMatcher> index = new PairIndex<>();

  PodGroups(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  /** The group of those labels, for one user more. */
  PodGroup acquire(String namespace, Map<String, String> labels) {
    Key key = new Key(namespace, labels);
    PodGroup group = groups.get(key);
    if (group == null) {
      group = new PodGroup(namespace, labels);
      groups.put(key, group);
      byNamespace.computeIfAbsent(namespace, _ -> new HashSet<>()).add(group);
      offer(group);
    }
    group.references++;
    return group;
  }

  private void offer(PodGroup group) {
    @Nullable Map<String, String> namespaceLabels = namespaces.labels(group.namespace);
    index.candidates(
        group.labels,
        matcher -> {
          if (matcher.matches(group, namespaceLabels)) {
            matcher.add(group);
          }
        });
  }

  void release(PodGroup group) {
    group.references--;
    if (group.references > 0) {
      return;
    }
    group.dead = true;
    groups.remove(new Key(group.namespace, group.labels));
    Set<PodGroup> siblings = byNamespace.get(group.namespace);
    if (siblings != null) {
      siblings.remove(group);
      if (siblings.isEmpty()) {
        byNamespace.remove(group.namespace);
      }
    }
  }

  /** The matcher of pods that match all the terms, for one user more; null if no pod can. */
  @Nullable PodMatcher matcher(List<ResolvedTerm> terms) {
    for (ResolvedTerm term : terms) {
      if (term.selector() == null) {
        return null;
      }
    }
    PodMatcher matcher = matchers.get(terms);
    if (matcher == null) {
      matcher = new PodMatcher(terms);
      matchers.put(matcher.terms, matcher);
      index.add(selector(matcher), matcher);
      fill(matcher);
    }
    matcher.references++;
    return matcher;
  }

  void release(@Nullable PodMatcher matcher) {
    if (matcher == null) {
      return;
    }
    matcher.references--;
    if (matcher.references == 0) {
      matchers.remove(matcher.terms);
      index.remove(selector(matcher), matcher);
    }
  }

  private static LabelSelector selector(PodMatcher matcher) {
    LabelSelector selector = matcher.terms.get(0).selector();
    if (selector == null) {
      throw new IllegalStateException("a matcher without selector");
    }
    return selector;
  }

  private void fill(PodMatcher matcher) {
    ResolvedTerm first = matcher.terms.get(0);
    if (first.namespaceSelector() == null) {
      first.namespaces().forEach(namespace -> fill(matcher, namespace));
    } else {
      byNamespace.keySet().forEach(namespace -> fill(matcher, namespace));
    }
  }

  private void fill(PodMatcher matcher, String namespace) {
    Set<PodGroup> members = byNamespace.get(namespace);
    if (members == null) {
      return;
    }
    @Nullable Map<String, String> namespaceLabels = namespaces.labels(namespace);
    for (PodGroup group : members) {
      if (matcher.matches(group, namespaceLabels)) {
        matcher.add(group);
      }
    }
  }
}
