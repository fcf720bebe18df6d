package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A topology spread constraint of a pod (K-050).
 *
 * @param hard {@code whenUnsatisfiable: DoNotSchedule}; else ScheduleAnyway
 * @param selector null selects no pod
 * @param minDomains 1 where absent
 * @param honorAffinity {@code nodeAffinityPolicy: Honor}, the default
 * @param honorTaints {@code nodeTaintsPolicy: Honor}; Ignore is the default
 */
public record SpreadConstraint(
    int maxSkew,
    String topologyKey,
    boolean hard,
    @Nullable LabelSelector selector,
    List<String> matchLabelKeys,
    int minDomains,
    boolean honorAffinity,
    boolean honorTaints) {
  public SpreadConstraint {
    matchLabelKeys = List.copyOf(matchLabelKeys);
  }

  /** A constraint with the API's defaults. */
  public static SpreadConstraint of(
      int maxSkew, String topologyKey, boolean hard, LabelSelector selector) {
    return new SpreadConstraint(maxSkew, topologyKey, hard, selector, List.of(), 1, true, false);
  }

  /** The selector with the pod's values of {@code matchLabelKeys} (K-051). */
  @Nullable LabelSelector selectorFor(Map<String, String> podLabels) {
    if (selector == null) {
      return null;
    }
    var more = new ArrayList<LabelRequirement>();
    for (String key : matchLabelKeys) {
      String value = podLabels.get(key);
      if (value != null) {
        more.add(new LabelRequirement(key, LabelRequirement.Operator.IN, List.of(value)));
      }
    }
    return selector.and(more);
  }
}
