package dev.slipway.engine.scheduling;

import java.util.List;

/** Pod affinity, or pod anti-affinity, of a pod. */
public record PodAffinity(List<PodTerm> required, List<PodTerm.Weighted> preferred) {
  /** None at all. */
  public static final PodAffinity NONE = new PodAffinity(List.of(), List.of());

  public PodAffinity {
    required = List.copyOf(required);
    preferred = List.copyOf(preferred);
  }

  boolean isEmpty() {
    return required.isEmpty() && preferred.isEmpty();
  }
}
