package dev.slipway.engine.job;

import dev.slipway.engine.api.RestartPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code spec} of a Job with the fields the controller reads, defaulted. */
public record JobSpec(
    int parallelism,
    @Nullable Integer completions,
    @Nullable Long activeDeadlineSeconds,
    int backoffLimit,
    @Nullable Integer backoffLimitPerIndex,
    @Nullable Integer maxFailedIndexes,
    boolean indexed,
    boolean suspend,
    boolean replaceFailedOnly,
    RestartPolicy podRestartPolicy,
    @Nullable List<FailureRule> failureRules,
    List<SuccessRule> successRules) {
  public JobSpec {
    failureRules = failureRules == null ? null : List.copyOf(failureRules);
    successRules = List.copyOf(successRules);
  }

  /** Whether each index has a back-off limit of its own. */
  boolean perIndex() {
    return indexed && backoffLimitPerIndex != null;
  }

  /** Completions of an indexed job; 0 for one that has none. */
  int indexes() {
    return completions == null ? 0 : completions;
  }
}
