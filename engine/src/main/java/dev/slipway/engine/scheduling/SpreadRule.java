package dev.slipway.engine.scheduling;

import org.jspecify.annotations.Nullable;

/**
 * A spread constraint made ready for the pods of one template.
 *
 * @param selector with the pod's matchLabelKeys; null selects nothing
 * @param matcher of the pods it counts; null for a nil and for an empty selector, which count none
 *     (K-053)
 * @param self 1 if the pod's own labels match, else 0
 */
record SpreadRule(
    SpreadConstraint constraint,
    @Nullable LabelSelector selector,
    @Nullable PodMatcher matcher,
    Topology topology,
    int self) {
  private static final String HOSTNAME = "kubernetes.io/hostname";

  boolean byHostname() {
    return constraint.topologyKey().equals(HOSTNAME);
  }

  /** Whether adding or taking away that pod changes the counts (K-057). */
  boolean countsChangeOf(PodGroup group, String namespace) {
    return selector != null && namespace.equals(group.namespace) && selector.matches(group.labels);
  }
}
