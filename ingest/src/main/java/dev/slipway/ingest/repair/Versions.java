package dev.slipway.ingest.repair;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.manifest.PodWriter;

/** Which of two versions of a pod is the newer one. */
final class Versions {
  /** Stands for no number. */
  static final long NONE = -1;

  private static final int DIGITS_MAX = 18;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Versions() {}

  /**
   * A resource version as a number; all of a resource's versions compare as such
   * (k8s.io/apimachinery pkg/util/resourceversion, 1.37). {@link #NONE} for a text that is none.
   */
  static long number(String resourceVersion) {
    int length = resourceVersion.length();
    if (length == 0 || length > DIGITS_MAX) {
      return NONE;
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      int digit = resourceVersion.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
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
    if (version != NONE && tracked.version != NONE) {
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
    int rank = Integer.compare(rank(pod), tracked.rank);
    if (rank != 0) {
      return rank;
    }
    return tracked.says(pod) ? 0 : 1;
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

  /** All a pod says, as a hash (FNV-1a) that is the same in every process; never 0. */
  static long content(Pod pod) {
    String text = PodWriter.write(pod).toString();
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash == 0 ? 1 : hash;
  }
}
