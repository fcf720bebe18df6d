package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One changed part of an object, as the hints of plugins are asked about it (K-113, K-114; source:
 * {@code framework/events.go}, 1.37).
 *
 * @param oldNode null for a node that came, and where no node is concerned
 * @param node the node now; of a deleted one its last object
 * @param oldPod null for a pod that came
 * @param pod the pod now; of a deleted one its last object
 */
public record Change(
    Kind kind,
    @Nullable SchedulingNode oldNode,
    @Nullable SchedulingNode node,
    @Nullable SchedulingPod oldPod,
    @Nullable SchedulingPod pod) {
  /** The flush of pods left over in the queue (K-109). */
  public static final Change LEFT_OVER = new Change(Kind.EVERYTHING, null, null, null, null);

  /** What changed. */
  public enum Kind {
    NODE_ADD("NodeAdd"),
    NODE_ALLOCATABLE("NodeUpdateNodeAllocatable"),
    NODE_LABEL("NodeUpdateNodeLabel"),
    NODE_TAINT("NodeUpdateNodeTaint"),
    NODE_CONDITION("NodeUpdateNodeCondition"),
    NODE_ANNOTATION("NodeUpdateNodeAnnotation"),
    NODE_DELETE("NodeDelete"),
    ASSIGNED_POD_ADD("AssignedPodAdd"),
    ASSIGNED_POD_LABEL("AssignedPodUpdatePodLabel"),
    ASSIGNED_POD_SCALE_DOWN("AssignedPodUpdatePodScaleDown"),
    ASSIGNED_POD_OTHER("AssignedPodUpdate"),
    ASSIGNED_POD_DELETE("AssignedPodDelete"),
    OWN_LABEL("UnscheduledPodUpdatePodLabel"),
    OWN_SCALE_DOWN("UnscheduledPodUpdatePodScaleDown"),
    OWN_GATES_GONE("UnscheduledPodUpdatePodSchedulingGatesEliminated"),
    OWN_TOLERATIONS("UnscheduledPodUpdatePodToleration"),
    OWN_OTHER("UnscheduledPodUpdate"),
    /** Accepted by every plugin; for one pod only if there is one. */
    EVERYTHING("ForceActivate");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The reference's name of the event. */
    public String label() {
      return label;
    }
  }

  /** The changes an event means, in the order in which they are judged. */
  public static List<Change> of(ClusterEvent event) {
    return switch (event) {
      case ClusterEvent.NodeAdded added -> List.of(node(Kind.NODE_ADD, null, added.node()));
      case ClusterEvent.NodeUpdated updated -> ofNode(updated.old(), updated.node());
      case ClusterEvent.NodeDeleted deleted ->
          List.of(node(Kind.NODE_DELETE, null, deleted.node()));
      case ClusterEvent.AssignedPodAdded added ->
          List.of(pod(Kind.ASSIGNED_POD_ADD, null, added.pod()));
      case ClusterEvent.AssignedPodUpdated updated -> ofAssigned(updated.old(), updated.pod());
      case ClusterEvent.AssignedPodDeleted deleted ->
          List.of(pod(Kind.ASSIGNED_POD_DELETE, null, deleted.pod()));
      case ClusterEvent.NominatedPodDeleted deleted ->
          List.of(pod(Kind.ASSIGNED_POD_DELETE, null, deleted.pod()));
    };
  }

  /** What every plugin takes for good news about one pod (K-110). */
  public static Change forced(SchedulingPod pod) {
    return pod(Kind.EVERYTHING, null, pod);
  }

  private static Change node(
      Kind kind, @Nullable SchedulingNode old, @Nullable SchedulingNode node) {
    return new Change(kind, old, node, null, null);
  }

  private static Change pod(Kind kind, @Nullable SchedulingPod old, SchedulingPod pod) {
    return new Change(kind, null, null, old, pod);
  }

  /** Parts of a node that changed (K-113). */
  private static List<Change> ofNode(SchedulingNode old, SchedulingNode now) {
    var changes = new ArrayList<Change>();
    if (old.unschedulable() && !now.unschedulable()) {
      changes.add(node(Kind.NODE_TAINT, old, now));
    }
    if (!old.allocatable().toMap().equals(now.allocatable().toMap())) {
      changes.add(node(Kind.NODE_ALLOCATABLE, old, now));
    }
    if (!old.labels().equals(now.labels())) {
      changes.add(node(Kind.NODE_LABEL, old, now));
    }
    if (!old.taints().equals(now.taints())) {
      changes.add(node(Kind.NODE_TAINT, old, now));
    }
    if (!old.conditions().equals(now.conditions())) {
      changes.add(node(Kind.NODE_CONDITION, old, now));
    }
    if (!old.annotations().equals(now.annotations())) {
      changes.add(node(Kind.NODE_ANNOTATION, old, now));
    }
    return changes;
  }

  private static List<Change> ofAssigned(SchedulingPod old, SchedulingPod now) {
    var changes = new ArrayList<Change>();
    if (!old.spec().labels().equals(now.spec().labels())) {
      changes.add(pod(Kind.ASSIGNED_POD_LABEL, old, now));
    }
    if (shrank(old, now)) {
      changes.add(pod(Kind.ASSIGNED_POD_SCALE_DOWN, old, now));
    }
    return changes.isEmpty() ? List.of(pod(Kind.ASSIGNED_POD_OTHER, old, now)) : changes;
  }

  /** Parts of a waiting pod that changed (K-114). */
  public static List<Change> ofWaiting(SchedulingPod old, SchedulingPod now) {
    var changes = new ArrayList<Change>();
    if (!old.spec().labels().equals(now.spec().labels())) {
      changes.add(pod(Kind.OWN_LABEL, old, now));
    }
    if (shrank(old, now)) {
      changes.add(pod(Kind.OWN_SCALE_DOWN, old, now));
    }
    if (!old.spec().gates().isEmpty() && now.spec().gates().isEmpty()) {
      changes.add(pod(Kind.OWN_GATES_GONE, old, now));
    }
    if (old.spec().tolerations().size() != now.spec().tolerations().size()) {
      changes.add(pod(Kind.OWN_TOLERATIONS, old, now));
    }
    return changes.isEmpty() ? List.of(pod(Kind.OWN_OTHER, old, now)) : changes;
  }

  private static boolean shrank(SchedulingPod old, SchedulingPod now) {
    Map<String, Long> before = old.spec().needs().milliRequests();
    Map<String, Long> after = now.spec().needs().milliRequests();
    return before.entrySet().stream()
        .anyMatch(entry -> {
          Long left = after.get(entry.getKey());
          return left == null || left < entry.getValue();
        });
  }
}
