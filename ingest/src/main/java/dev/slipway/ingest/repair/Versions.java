package dev.slipway.ingest.repair;

import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import java.util.List;

/** Which of two versions of a pod is the newer one. */
final class Versions {
  private static final int DIGITS_MAX = 18;

  private Versions() {}

  /**
   * A resource version as a number; all of a resource's versions compare as such
   * (k8s.io/apimachinery pkg/util/resourceversion, 1.37). {@link Track#NO_VERSION} for a text that
   * is none.
   */
  static long number(String resourceVersion) {
    int length = resourceVersion.length();
    if (length == 0 || length > DIGITS_MAX) {
      return Track.NO_VERSION;
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      int digit = resourceVersion.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Track.NO_VERSION;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /**
   * Negative if the pod is older than what is tracked, zero if it is the same, positive if newer.
   * Without numbers the source's times decide, and within one second, which is as fine as most
   * sources tell time, how far the pod's life has come; then whoever came later.
   */
  static int compare(Pod pod, long version, long atNanos, Tracked tracked) {
    if (version != Track.NO_VERSION && tracked.version != Track.NO_VERSION) {
      return Long.compare(version, tracked.version);
    }
    if (atNanos != Times.NONE && tracked.atNanos != Times.NONE) {
      int seconds =
          Long.compare(
              Math.floorDiv(atNanos, Times.SECOND), Math.floorDiv(tracked.atNanos, Times.SECOND));
      boolean fine = atNanos % Times.SECOND != 0 && tracked.atNanos % Times.SECOND != 0;
      int order = fine ? Long.compare(atNanos, tracked.atNanos) : seconds;
      if (order != 0) {
        return order;
      }
    }
    int rank = Integer.compare(rank(pod), rank(tracked.pod));
    if (rank != 0) {
      return rank;
    }
    return pod.equals(tracked.pod) ? 0 : 1;
  }

  /** How far a pod's life has come, by what never goes back. */
  static int rank(Pod pod) {
    PodPhase phase = pod.status().phase();
    int stage =
        switch (phase) {
          case null -> 0;
          case PENDING, UNKNOWN -> pod.spec().nodeName().isEmpty() ? 0 : 1;
          case RUNNING -> 2;
          case SUCCEEDED, FAILED -> 3;
        };
    return pod.metadata().deleting() ? stage + 4 : stage;
  }

  /** True if changes between the two were never seen. */
  static boolean missed(Pod newer, Pod older) {
    long generations = newer.metadata().generation() - older.metadata().generation();
    return (generations > 1 && older.metadata().generation() > 0)
        || missedRestarts(
            newer.status().initContainerStatuses(), older.status().initContainerStatuses())
        || missedRestarts(newer.status().containerStatuses(), older.status().containerStatuses());
  }

  private static boolean missedRestarts(List<ContainerStatus> newer, List<ContainerStatus> older) {
    int both = Math.min(newer.size(), older.size());
    for (int i = 0; i < both; i++) {
      ContainerStatus after = newer.get(i);
      ContainerStatus before = older.get(i);
      if (after.restartCount() > before.restartCount() + 1 && after.name().equals(before.name())) {
        return true;
      }
    }
    return false;
  }
}
