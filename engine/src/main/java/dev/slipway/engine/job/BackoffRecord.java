package dev.slipway.engine.job;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Failures of a job's pods since the last success: what decides how long it waits before it makes
 * another pod.
 *
 * @param lastFailureTime epoch nanoseconds or {@link Times#NONE}
 */
public record BackoffRecord(int failures, long lastFailureTime) {
  public static final BackoffRecord NONE = new BackoffRecord(0, Times.NONE);

  private static final long FIRST = 10 * Times.SECOND;
  private static final long MOST = 600 * Times.SECOND;

  /** The record after pods have ended. */
  BackoffRecord after(List<Pod> succeeded, List<Pod> failed) {
    var failures = new ArrayList<Pod>(failed);
    failures.sort(Comparator.comparingLong(JobPods::finishTime));
    if (succeeded.isEmpty()) {
      return failures.isEmpty()
          ? this
          : new BackoffRecord(
              this.failures + failures.size(), JobPods.finishTime(failures.getLast()));
    }
    long lastSuccess = Long.MIN_VALUE;
    for (Pod pod : succeeded) {
      lastSuccess = Math.max(lastSuccess, JobPods.finishTime(pod));
    }
    int count = 0;
    long last = Times.NONE;
    for (Pod pod : failures) {
      if (JobPods.finishTime(pod) > lastSuccess) {
        count++;
        last = JobPods.finishTime(pod);
      }
    }
    return new BackoffRecord(count, last);
  }

  /**
   * Nanoseconds until the next pod may be made: 10 s, doubled with each failure, at most 10
   * minutes.
   */
  public long remaining(long now) {
    if (failures == 0 || lastFailureTime == Times.NONE) {
      return 0;
    }
    long delay = FIRST;
    for (int i = 1; i < failures && delay < MOST; i++) {
      delay = Math.min(2 * delay, MOST);
    }
    return Math.max(0, delay - (now - lastFailureTime));
  }
}
