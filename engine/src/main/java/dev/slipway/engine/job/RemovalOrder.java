package dev.slipway.engine.job;

import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Which active pods go first when there are too many: those that have done least. */
final class RemovalOrder {
  private static final Comparator<Pod> LEAST_USEFUL_FIRST =
      Comparator.<Pod, Boolean>comparing(pod -> !pod.spec().nodeName().isEmpty())
          .thenComparing(RemovalOrder::phase)
          .thenComparing(JobPods::ready)
          .thenComparing(RemovalOrder::readySince, RemovalOrder::newestFirst)
          .thenComparing(Comparator.comparingInt(RemovalOrder::appRestarts).reversed())
          .thenComparing(Comparator.comparingInt(RemovalOrder::sidecarRestarts).reversed())
          .thenComparing(pod -> pod.metadata().creationTimestamp(), RemovalOrder::newestFirst);

  private RemovalOrder() {}

  private static int phase(Pod pod) {
    PodPhase phase = pod.status().phase();
    if (phase == PodPhase.RUNNING) {
      return 2;
    }
    return phase == PodPhase.UNKNOWN ? 1 : 0;
  }

  private static long readySince(Pod pod) {
    PodCondition ready = JobPods.readyCondition(pod);
    return ready == null || !JobPods.ready(pod) ? Times.NONE : ready.lastTransitionTime();
  }

  /** Unset before set, later before earlier. */
  private static int newestFirst(long a, long b) {
    if (a == Times.NONE || b == Times.NONE) {
      return Boolean.compare(a != Times.NONE, b != Times.NONE);
    }
    return Long.compare(b, a);
  }

  private static int appRestarts(Pod pod) {
    int most = 0;
    for (ContainerStatus status : pod.status().containerStatuses()) {
      most = Math.max(most, status.restartCount());
    }
    return most;
  }

  private static int sidecarRestarts(Pod pod) {
    Set<String> sidecars = JobPods.sidecars(pod);
    int most = 0;
    for (ContainerStatus status : pod.status().initContainerStatuses()) {
      if (sidecars.contains(status.name())) {
        most = Math.max(most, status.restartCount());
      }
    }
    return most;
  }

  /**
   * The pods to remove: at least that many, and for indexed jobs all without a place of their own.
   */
  static List<Pod> pick(JobSpec job, List<Pod> active, int atLeast) {
    var removed = new ArrayList<Pod>();
    var left = new ArrayList<Pod>();
    if (job.indexed()) {
      misplaced(job, active, removed, left);
    } else {
      left.addAll(active);
    }
    if (removed.size() < atLeast) {
      left.sort(LEAST_USEFUL_FIRST);
      removed.addAll(left.subList(0, Math.min(left.size(), atLeast - removed.size())));
    }
    return removed;
  }

  /** Pods without a proper index, and all but the best of those that share one. */
  private static void misplaced(JobSpec job, List<Pod> active, List<Pod> removed, List<Pod> left) {
    var sorted = new ArrayList<Pod>(active);
    sorted.sort(Comparator.comparingInt(JobPods::index));
    int from = 0;
    while (from < sorted.size()) {
      int index = JobPods.index(sorted.get(from));
      int to = from;
      while (to < sorted.size() && JobPods.index(sorted.get(to)) == index) {
        to++;
      }
      List<Pod> same = new ArrayList<>(sorted.subList(from, to));
      if (index == JobPods.NO_INDEX || index >= job.indexes()) {
        removed.addAll(same);
      } else {
        same.sort(LEAST_USEFUL_FIRST);
        removed.addAll(same.subList(0, same.size() - 1));
        left.add(same.getLast());
      }
      from = to;
    }
  }
}
