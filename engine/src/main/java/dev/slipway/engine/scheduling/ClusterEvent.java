package dev.slipway.engine.scheduling;

/**
 * Something that happened in the cluster and may make a rejected pod schedulable (K-108, K-115).
 */
public sealed interface ClusterEvent {
  /** A node came. */
  record NodeAdded(SchedulingNode node) implements ClusterEvent {}

  /** A node's object changed; gives one change for each part of it (K-113). */
  record NodeUpdated(SchedulingNode old, SchedulingNode node) implements ClusterEvent {}

  /** A node went. */
  record NodeDeleted(SchedulingNode node) implements ClusterEvent {}

  /** A pod was bound to a node. */
  record AssignedPodAdded(SchedulingPod pod) implements ClusterEvent {}

  /** A pod on a node changed. */
  record AssignedPodUpdated(SchedulingPod old, SchedulingPod pod) implements ClusterEvent {}

  /** A pod left its node: deleted, or ended. */
  record AssignedPodDeleted(SchedulingPod pod) implements ClusterEvent {}

  /** A waiting pod with a nomination was deleted; counts for pods of at most its priority. */
  record NominatedPodDeleted(SchedulingPod pod) implements ClusterEvent {}
}
