package dev.slipway.engine.scheduling;

import dev.slipway.engine.api.Times;

/**
 * A pod as the scheduler sees it: who it is, and a spec it shares with the others of its template.
 *
 * @param nominatedNode {@code status.nominatedNodeName}, empty if none
 * @param deleting has a deletionTimestamp
 * @param preempted has condition DisruptionTarget True with reason PreemptionByScheduler
 * @param startTime {@code status.startTime}, epoch nanoseconds or {@link Times#NONE}
 */
public record SchedulingPod(
    String uid,
    String name,
    SchedulingSpec spec,
    String nominatedNode,
    boolean deleting,
    boolean preempted,
    long startTime) {
  /** A new pod. */
  public static SchedulingPod of(String uid, String name, SchedulingSpec spec) {
    return new SchedulingPod(uid, name, spec, "", false, false, Times.NONE);
  }

  public String namespace() {
    return spec.namespace();
  }

  /** {@code namespace/name}. */
  public String key() {
    return spec.namespace() + "/" + name;
  }

  public int priority() {
    return spec.priority();
  }

  /** The same pod nominated for a node; empty for none. */
  public SchedulingPod withNominatedNode(String node) {
    return new SchedulingPod(uid, name, spec, node, deleting, preempted, startTime);
  }

  /** The same pod being deleted. */
  public SchedulingPod withDeletion(boolean byPreemption) {
    return new SchedulingPod(
        uid, name, spec, nominatedNode, true, preempted || byPreemption, startTime);
  }

  /** The same pod acknowledged by a kubelet at that time. */
  public SchedulingPod withStartTime(long time) {
    return new SchedulingPod(uid, name, spec, nominatedNode, deleting, preempted, time);
  }

  /** The same pod with another spec. */
  public SchedulingPod withSpec(SchedulingSpec newSpec) {
    return new SchedulingPod(uid, name, newSpec, nominatedNode, deleting, preempted, startTime);
  }
}
