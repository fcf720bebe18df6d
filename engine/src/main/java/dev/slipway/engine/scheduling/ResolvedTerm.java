package dev.slipway.engine.scheduling;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pod term with its namespaces worked out (K-073): the owner's own only if it names none and has
 * no namespace selector.
 */
record ResolvedTerm(
    Set<String> namespaces,
    @Nullable LabelSelector namespaceSelector,
    @Nullable LabelSelector selector) {
  static ResolvedTerm of(PodTerm term, String ownerNamespace) {
    boolean own = term.namespaces().isEmpty() && term.namespaceSelector() == null;
    Set<String> namespaces = own ? Set.of(ownerNamespace) : Set.copyOf(term.namespaces());
    return new ResolvedTerm(namespaces, term.namespaceSelector(), term.selector());
  }

  /** Pods of one namespace. */
  static ResolvedTerm of(String namespace, LabelSelector selector) {
    return new ResolvedTerm(Set.of(namespace), null, selector);
  }

  /**
   * Whether a pod of that namespace with those labels is meant.
   *
   * @param namespaceLabels null if the namespace is not known; then only an empty selector takes it
   */
  boolean matches(
      String namespace, @Nullable Map<String, String> namespaceLabels, Map<String, String> labels) {
    return selector != null && inNamespace(namespace, namespaceLabels) && selector.matches(labels);
  }

  private boolean inNamespace(String namespace, @Nullable Map<String, String> namespaceLabels) {
    if (namespaces.contains(namespace)) {
      return true;
    }
    if (namespaceSelector == null) {
      return false;
    }
    return namespaceSelector.isEmpty()
        || (namespaceLabels != null && namespaceSelector.matches(namespaceLabels));
  }
}
