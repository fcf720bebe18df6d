package dev.slipway.engine.scheduling;

import java.util.Set;

/** What came of one attempt to place a pod. */
public sealed interface Decision {
  /**
   * The pod gets that node.
   *
   * @param feasible number of nodes it would have fitted on, of those looked at
   * @param score total of the node; 0 if it was the only one, which is not scored (K-004)
   */
  record Placed(String node, int feasible, long score) implements Decision {}

  /**
   * No node will do.
   *
   * @param message of the PodScheduled condition (K-011, K-099), with what DynamicResources says of
   *     every pod without claims
   * @param plugins that rejected it: the queue waits for events they care about (K-100)
   * @param preemption what was done to make room
   */
  record Unschedulable(String message, Set<Plugin> plugins, PreemptionResult preemption)
      implements Decision {
    public Unschedulable {
      plugins = Set.copyOf(plugins);
    }
  }

  /**
   * The cycle ended with an error: no node in the cluster, a preference nobody can parse, or a pod
   * that is being deleted (K-003), which is to be dropped.
   */
  record Failed(String message) implements Decision {}
}
