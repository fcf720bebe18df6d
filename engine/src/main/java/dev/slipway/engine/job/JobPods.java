package dev.slipway.engine.job;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the controller sees in one pod. */
final class JobPods {
  static final String FINALIZER = "batch.kubernetes.io/job-tracking";
  static final int NO_INDEX = -1;

  private static final String INDEX = "batch.kubernetes.io/job-completion-index";
  private static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
  private static final String IGNORED = "batch.kubernetes.io/job-index-ignored-failure-count";

  private JobPods() {}

  static boolean tracked(Pod pod) {
    return pod.metadata().finalizers().contains(FINALIZER);
  }

  static boolean succeeded(Pod pod) {
    return pod.status().phase() == PodPhase.SUCCEEDED;
  }

  private static boolean terminal(Pod pod) {
    PodPhase phase = pod.status().phase();
    return phase != null && phase.terminal();
  }

  static boolean active(Pod pod) {
    return !terminal(pod) && !pod.metadata().deleting();
  }

  static boolean terminating(Pod pod) {
    return !terminal(pod) && pod.metadata().deleting();
  }

  /** A deleted pod counts as failed at once, unless the job waits for its real end (L-510 d). */
  static boolean failed(Pod pod, JobSpec job) {
    if (pod.status().phase() == PodPhase.FAILED) {
      return true;
    }
    return !job.replaceFailedOnly() && pod.metadata().deleting() && !succeeded(pod);
  }

  static @Nullable PodCondition readyCondition(Pod pod) {
    for (PodCondition condition : pod.status().conditions()) {
      if (condition.type().equals("Ready")) {
        return condition;
      }
    }
    return null;
  }

  static boolean ready(Pod pod) {
    PodCondition ready = readyCondition(pod);
    return ready != null && ready.status() == ConditionStatus.TRUE;
  }

  /** The pod's completion index, {@link #NO_INDEX} if it has no proper one. */
  static int index(Pod pod) {
    String text = pod.metadata().annotations().get(INDEX);
    if (text == null) {
      return NO_INDEX;
    }
    try {
      return (int) Math.clamp(Long.parseLong(text), NO_INDEX, Integer.MAX_VALUE);
    } catch (NumberFormatException e) {
      return NO_INDEX;
    }
  }

  static boolean validIndex(Pod pod, JobSpec job) {
    int index = index(pod);
    return index != NO_INDEX && index < job.indexes();
  }

  static int indexFailures(Pod pod) {
    return count(pod, FAILURES);
  }

  static int ignoredFailures(Pod pod) {
    return count(pod, IGNORED);
  }

  static int allFailures(Pod pod) {
    return indexFailures(pod) + ignoredFailures(pod);
  }

  private static int count(Pod pod, String annotation) {
    String text = pod.metadata().annotations().get(annotation);
    try {
      return text == null ? 0 : Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /**
   * When the pod ended, as the back-off sees it (L-510 c): the last container to end, sidecars
   * included; else the moment it stopped being ready; else the start of its deletion; else its
   * creation.
   */
  static long finishTime(Pod pod) {
    long containers = containersFinish(pod);
    if (containers != Times.NONE) {
      return containers;
    }
    PodCondition ready = readyCondition(pod);
    if (ready != null
        && ready.status() == ConditionStatus.FALSE
        && ready.lastTransitionTime() != Times.NONE) {
      return ready.lastTransitionTime();
    }
    if (pod.metadata().deleting()) {
      Long grace = pod.metadata().deletionGracePeriodSeconds();
      return pod.metadata().deletionTimestamp() - (grace == null ? 0 : grace) * Times.SECOND;
    }
    return pod.metadata().creationTimestamp();
  }

  private static long containersFinish(Pod pod) {
    long latest = Times.NONE;
    for (ContainerStatus status : pod.status().containerStatuses()) {
      long finish = finish(status);
      if (finish == Times.NONE) {
        latest = Times.NONE;
        break;
      }
      latest = Math.max(latest, finish);
    }
    Set<String> sidecars = sidecars(pod);
    for (ContainerStatus status : pod.status().initContainerStatuses()) {
      if (sidecars.contains(status.name())) {
        long finish = finish(status);
        if (finish == Times.NONE) {
          return Times.NONE;
        }
        latest = Math.max(latest, finish);
      }
    }
    return latest;
  }

  private static long finish(ContainerStatus status) {
    return status.state() instanceof ContainerState.Terminated terminated
        ? terminated.finishedAt()
        : Times.NONE;
  }

  static Set<String> sidecars(Pod pod) {
    var names = new HashSet<String>();
    for (ContainerSpec container : pod.spec().initContainers()) {
      if (container.restartPolicy() == RestartPolicy.ALWAYS) {
        names.add(container.name());
      }
    }
    return names;
  }

  /** Failure counts of the pod that takes the place of one: counted, ignored. */
  static int[] countsAfter(Pod replaced, JobSpec job) {
    boolean counted = FailurePolicy.of(job.failureRules(), replaced).counted();
    return new int[] {
      indexFailures(replaced) + (counted ? 1 : 0), ignoredFailures(replaced) + (counted ? 0 : 1)
    };
  }
}
