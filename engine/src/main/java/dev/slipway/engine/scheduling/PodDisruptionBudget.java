package dev.slipway.engine.scheduling;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A disruption budget as preemption reads it (K-092).
 *
 * @param selector null selects no pod
 * @param disruptionsAllowed of its status
 * @param disruptedPods names already counted in the status
 */
public record PodDisruptionBudget(
    String namespace,
    String name,
    @Nullable LabelSelector selector,
    int disruptionsAllowed,
    Set<String> disruptedPods) {
  public PodDisruptionBudget {
    disruptedPods = Set.copyOf(disruptedPods);
  }

  /** Whether the budget is about a pod with those labels; an empty selector is about none. */
  boolean covers(String podNamespace, Map<String, String> labels) {
    return selector != null
        && !selector.isEmpty()
        && namespace.equals(podNamespace)
        && selector.matches(labels);
  }
}
