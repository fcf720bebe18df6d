package dev.slipway.engine.scheduling;

import java.util.List;

/** What preemption made of a pod that fits nowhere (section 8). */
public sealed interface PreemptionResult {
  /**
   * Victims are to be deleted and the pod is nominated for their node (K-098).
   *
   * @param victims most important first; those that are terminating already are left alone
   * @param lowerNominations pods of lower priority that lose their nomination for the node
   */
  record Nominated(String node, List<SchedulingPod> victims, List<SchedulingPod> lowerNominations)
      implements PreemptionResult {
    public Nominated {
      victims = List.copyOf(victims);
      lowerNominations = List.copyOf(lowerNominations);
    }
  }

  /**
   * Nobody has to go.
   *
   * @param reason without {@code preemption: }
   * @param clearsNomination the pod's nomination ends; else it stays (K-019)
   */
  record None(String reason, boolean clearsNomination) implements PreemptionResult {}
}
