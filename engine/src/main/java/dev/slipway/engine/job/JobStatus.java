package dev.slipway.engine.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code status} of a Job. Times are epoch nanoseconds or {@link
 * dev.slipway.engine.api.Times#NONE}.
 *
 * @param ready null until the controller has written it once
 * @param terminating null until the controller has written it once
 * @param failedIndexes null unless indexes have limits of their own
 */
public record JobStatus(
    List<JobCondition> conditions,
    long startTime,
    long completionTime,
    int active,
    int succeeded,
    int failed,
    @Nullable Integer ready,
    @Nullable Integer terminating,
    String completedIndexes,
    @Nullable String failedIndexes,
    List<String> uncountedSucceeded,
    List<String> uncountedFailed) {
  public JobStatus {
    conditions = List.copyOf(conditions);
    uncountedSucceeded = List.copyOf(uncountedSucceeded);
    uncountedFailed = List.copyOf(uncountedFailed);
  }

  @Nullable JobCondition condition(String type) {
    for (JobCondition condition : conditions) {
      if (condition.type().equals(type)) {
        return condition;
      }
    }
    return null;
  }

  /** The condition if it is there and true. */
  @Nullable JobCondition trueCondition(String type) {
    JobCondition condition = condition(type);
    return condition != null && condition.isTrue() ? condition : null;
  }

  /** Whether the job is over. */
  public boolean finished() {
    return trueCondition(JobCondition.COMPLETE) != null
        || trueCondition(JobCondition.FAILED) != null;
  }
}
