package dev.slipway.engine.scheduling;

import dev.slipway.engine.resources.ResourceNames;
import dev.slipway.engine.resources.SchedulerVector;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin that rejected a pod says to a change: whether it may make the pod schedulable
 * (K-120 to K-129). Looks at the objects of the change only.
 */
public final class QueueingHints {
  private QueueingHints() {}

  /** True if the pod is worth another attempt as far as that plugin goes. */
  public static boolean queue(Plugin plugin, SchedulingPod pod, Change change) {
    return switch (plugin) {
      case NODE_NAME -> change.kind() == Change.Kind.NODE_ADD;
      case NODE_UNSCHEDULABLE -> unschedulable(change);
      case TAINT_TOLERATION -> taints(pod, change);
      case NODE_AFFINITY -> nodeAffinity(pod, change);
      case NODE_PORTS -> ports(pod, change);
      case NODE_RESOURCES_FIT -> fit(pod, change);
      case POD_TOPOLOGY_SPREAD -> spread(pod, change);
      case INTER_POD_AFFINITY -> podAffinity(pod, change);
      case SCHEDULING_GATES -> change.kind() == Change.Kind.OWN_GATES_GONE;
      case NODE_RESOURCES_BALANCED_ALLOCATION, IMAGE_LOCALITY, DEFAULT_PREEMPTION -> false;
    };
  }

  private static boolean unschedulable(Change change) {
    SchedulingNode old = change.oldNode();
    SchedulingNode node = change.node();
    SchedulingPod pod = change.pod();
    return switch (change.kind()) {
      case NODE_ADD -> node != null && !node.unschedulable();
      case NODE_TAINT ->
          old != null && node != null && old.unschedulable() && !node.unschedulable();
      case OWN_TOLERATIONS ->
          pod != null && Toleration.tolerateUnschedulable(pod.spec().tolerations());
      default -> false;
    };
  }

  private static boolean taints(SchedulingPod pod, Change change) {
    List<Toleration> tolerations = pod.spec().tolerations();
    SchedulingNode old = change.oldNode();
    SchedulingNode node = change.node();
    return switch (change.kind()) {
      case NODE_ADD, NODE_TAINT ->
          node != null
              && (old == null || !Toleration.allTolerated(tolerations, old.taints()))
              && Toleration.allTolerated(tolerations, node.taints());
      case OWN_TOLERATIONS -> true;
      default -> false;
    };
  }

  private static boolean nodeAffinity(SchedulingPod pod, Change change) {
    SchedulingNode node = change.node();
    SchedulingNode old = change.oldNode();
    boolean asked =
        change.kind() == Change.Kind.NODE_ADD || change.kind() == Change.Kind.NODE_LABEL;
    if (!asked || node == null) {
      return false;
    }
    NodeMatch match = new NodeMatch(pod.spec().nodeRules());
    return match.matches(node) && (old == null || !match.matches(old));
  }

  private static boolean ports(SchedulingPod pod, Change change) {
    SchedulingPod gone = change.pod();
    return switch (change.kind()) {
      case NODE_ADD -> true;
      case ASSIGNED_POD_DELETE ->
          gone != null
              && pod.spec().hostPorts().stream()
                  .anyMatch(port -> gone.spec().hostPorts().stream().anyMatch(port::conflicts));
      default -> false;
    };
  }

  private static boolean fit(SchedulingPod pod, Change change) {
    SchedulingNode node = change.node();
    SchedulingNode old = change.oldNode();
    return switch (change.kind()) {
      case ASSIGNED_POD_DELETE, OWN_SCALE_DOWN -> true;
      case NODE_ADD -> node != null && fitsEmpty(pod, node);
      case NODE_ALLOCATABLE ->
          node != null && old != null && fitsEmpty(pod, node) && grew(pod, old, node);
      case ASSIGNED_POD_SCALE_DOWN -> shrank(pod, change);
      default -> false;
    };
  }

  private static boolean fitsEmpty(SchedulingPod pod, SchedulingNode node) {
    SchedulerVector asked = pod.spec().needs().asked();
    SchedulerVector has = SchedulerVector.of(node.allocatable());
    return pods(node) >= 1
        && asked.milliCpu() <= has.milliCpu()
        && asked.memory() <= has.memory()
        && asked.ephemeralStorage() <= has.ephemeralStorage()
        && asked.scalars().entrySet().stream()
            .allMatch(entry -> entry.getValue() <= has.get(entry.getKey()));
  }

  private static long pods(SchedulingNode node) {
    return node.allocatable().getOrZero(ResourceNames.PODS).value();
  }

  /** A name the pod asks for, or the number of pods, is larger than before. */
  private static boolean grew(SchedulingPod pod, SchedulingNode old, SchedulingNode node) {
    SchedulerVector asked = pod.spec().needs().asked();
    SchedulerVector before = SchedulerVector.of(old.allocatable());
    SchedulerVector after = SchedulerVector.of(node.allocatable());
    return pods(node) > pods(old)
        || (asked.milliCpu() > 0 && after.milliCpu() > before.milliCpu())
        || (asked.memory() > 0 && after.memory() > before.memory())
        || (asked.ephemeralStorage() > 0 && after.ephemeralStorage() > before.ephemeralStorage())
        || asked.scalars().entrySet().stream()
            .anyMatch(entry ->
                entry.getValue() > 0 && after.get(entry.getKey()) > before.get(entry.getKey()));
  }

  /** A name the pod requests takes less on another pod than before. */
  private static boolean shrank(SchedulingPod pod, Change change) {
    SchedulingPod old = change.oldPod();
    SchedulingPod now = change.pod();
    if (old == null || now == null) {
      return false;
    }
    Map<String, Long> before = old.spec().needs().milliRequests();
    Map<String, Long> after = now.spec().needs().milliRequests();
    return pod.spec().needs().milliRequests().entrySet().stream()
        .anyMatch(entry ->
            entry.getValue() > 0
                && after.getOrDefault(entry.getKey(), 0L)
                    < before.getOrDefault(entry.getKey(), 0L));
  }

  private static boolean spread(SchedulingPod pod, Change change) {
    List<SpreadConstraint> hard =
        pod.spec().spread().stream().filter(SpreadConstraint::hard).toList();
    SchedulingPod old = change.oldPod();
    SchedulingPod other = change.pod();
    SchedulingNode oldNode = change.oldNode();
    SchedulingNode node = change.node();
    return switch (change.kind()) {
      case ASSIGNED_POD_ADD, ASSIGNED_POD_DELETE ->
          other != null
              && other.namespace().equals(pod.namespace())
              && hard.stream().anyMatch(one -> selects(one, pod, other));
      case ASSIGNED_POD_LABEL, OWN_LABEL ->
          old != null
              && other != null
              && other.namespace().equals(pod.namespace())
              && hard.stream().anyMatch(one -> selects(one, pod, old) != selects(one, pod, other));
      case OWN_TOLERATIONS -> hard.stream().anyMatch(SpreadConstraint::honorTaints);
      case NODE_ADD, NODE_DELETE -> node != null && hasKeys(hard, node);
      case NODE_LABEL, NODE_TAINT -> oldNode != null && node != null && moved(hard, oldNode, node);
      default -> false;
    };
  }

  private static boolean selects(SpreadConstraint one, SchedulingPod owner, SchedulingPod pod) {
    LabelSelector selector = one.selectorFor(owner.spec().labels());
    return selector != null && selector.matches(pod.spec().labels());
  }

  private static boolean hasKeys(List<SpreadConstraint> hard, SchedulingNode node) {
    return hard.stream().allMatch(one -> node.labels().containsKey(one.topologyKey()));
  }

  private static boolean moved(
      List<SpreadConstraint> hard, SchedulingNode old, SchedulingNode node) {
    boolean now = hasKeys(hard, node);
    if (now != hasKeys(hard, old)) {
      return true;
    }
    return now
        && (!node.taints().equals(old.taints())
            || hard.stream().anyMatch(one -> changed(one.topologyKey(), old, node)));
  }

  private static boolean changed(String key, SchedulingNode old, SchedulingNode node) {
    return !Objects.equals(old.labels().get(key), node.labels().get(key));
  }

  private static boolean podAffinity(SchedulingPod pod, Change change) {
    List<PodTerm> affinity = pod.spec().affinity().required();
    List<PodTerm> anti = pod.spec().antiAffinity().required();
    SchedulingPod old = change.oldPod();
    SchedulingPod other = change.pod();
    SchedulingNode node = change.node();
    SchedulingNode oldNode = change.oldNode();
    return switch (change.kind()) {
      case OWN_LABEL -> true;
      case ASSIGNED_POD_ADD -> other != null && meansWithAll(pod, affinity, other);
      case ASSIGNED_POD_LABEL ->
          old != null
              && other != null
              && ((!meansWithAll(pod, affinity, old) && meansWithAll(pod, affinity, other))
                  || (meansWithAny(pod, anti, old) && !meansWithAny(pod, anti, other)));
      case ASSIGNED_POD_DELETE ->
          other != null
              && (meansWithAny(pod, anti, other)
                  || meansWithAny(other, other.spec().antiAffinity().required(), pod));
      case NODE_ADD ->
          node != null
              && (!anti.isEmpty()
                  || affinity.stream()
                      .anyMatch(term -> node.labels().containsKey(term.topologyKey())));
      case NODE_LABEL ->
          node != null
              && oldNode != null
              && (affinity.stream().anyMatch(term -> appeared(term.topologyKey(), oldNode, node))
                  || anti.stream().anyMatch(term -> appeared(term.topologyKey(), node, oldNode)));
      default -> false;
    };
  }

  /** The label is there now and was not, or has another value. */
  private static boolean appeared(String key, SchedulingNode old, SchedulingNode node) {
    @Nullable String value = node.labels().get(key);
    return value != null && !value.equals(old.labels().get(key));
  }

  private static boolean meansWithAll(SchedulingPod owner, List<PodTerm> terms, SchedulingPod pod) {
    return !terms.isEmpty() && terms.stream().allMatch(term -> means(owner, term, pod));
  }

  private static boolean meansWithAny(SchedulingPod owner, List<PodTerm> terms, SchedulingPod pod) {
    return terms.stream().anyMatch(term -> means(owner, term, pod));
  }

  /** Terms as they are written: namespaces have no labels here. */
  private static boolean means(SchedulingPod owner, PodTerm term, SchedulingPod pod) {
    return ResolvedTerm.of(term, owner.namespace())
        .matches(pod.namespace(), Map.of(), pod.spec().labels());
  }
}
