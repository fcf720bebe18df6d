package dev.slipway.engine.job;

import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.RestartPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A job and its pods as one pass of the controller sees them: counts, indexes, back-off. Decides
 * nothing.
 */
public final class JobView {
  private final Job job;
  private final JobSpec spec;
  private final List<Pod> pods;
  private final List<Pod> active;
  private final List<Pod> newSucceeded;
  private final List<Pod> newFailed;
  private final BackoffRecord backoff;
  private final Indexes previousSucceeded;
  private final Indexes succeeded;
  private final @Nullable Indexes failed;
  private final Map<Integer, Pod> delayed;

  /**
   * Looks at a job.
   *
   * @param pods its pods, in the order they were listed
   * @param before the back-off record kept so far
   */
  public JobView(Job job, List<Pod> pods, BackoffRecord before) {
    this.job = job;
    this.spec = job.spec();
    this.pods = List.copyOf(pods);
    this.active = this.pods.stream().filter(JobPods::active).toList();
    this.newSucceeded = valid(new HashSet<>(job.status().uncountedSucceeded()), JobPods::succeeded);
    this.newFailed =
        valid(new HashSet<>(job.status().uncountedFailed()), pod -> JobPods.failed(pod, spec));
    this.backoff = before.after(newSucceeded, newFailed);
    this.previousSucceeded =
        spec.indexed()
            ? Indexes.parse(job.status().completedIndexes(), spec.indexes())
            : Indexes.NONE;
    this.succeeded = spec.indexed() ? succeededIndexes() : Indexes.NONE;
    this.failed = spec.perIndex() ? calculateFailed() : null;
    this.delayed = failed == null ? Map.of() : delayed(failed);
  }

  /** Pods that count, with a proper index where the job has indexes, and have not been counted. */
  private List<Pod> valid(Set<String> counted, Predicate<Pod> wanted) {
    var valid = new ArrayList<Pod>();
    for (Pod pod : pods) {
      boolean placed = !spec.indexed() || JobPods.validIndex(pod, spec);
      if (placed
          && JobPods.tracked(pod)
          && !counted.contains(pod.metadata().uid())
          && wanted.test(pod)) {
        valid.add(pod);
      }
    }
    return valid;
  }

  private Indexes succeededIndexes() {
    var added = new TreeSet<Integer>();
    for (Pod pod : pods) {
      if (JobPods.succeeded(pod) && JobPods.validIndex(pod, spec) && JobPods.tracked(pod)) {
        added.add(JobPods.index(pod));
      }
    }
    return previousSucceeded.with(added);
  }

  private Indexes calculateFailed() {
    String before = job.status().failedIndexes();
    Indexes previous = Indexes.parse(before == null ? "" : before, spec.indexes());
    var added = new TreeSet<Integer>();
    for (Pod pod : pods) {
      if (JobPods.validIndex(pod, spec) && JobPods.tracked(pod) && indexFailed(pod)) {
        added.add(JobPods.index(pod));
      }
    }
    return previous.with(added);
  }

  /** Whether the pod's end is also that of its index. */
  public boolean indexFailed(Pod pod) {
    if (!JobPods.failed(pod, spec)) {
      return false;
    }
    FailurePolicy.Match match = FailurePolicy.of(spec.failureRules(), pod);
    Integer limit = spec.backoffLimitPerIndex();
    return match.failsIndex()
        || match.counted() && limit != null && JobPods.indexFailures(pod) >= limit;
  }

  /** Per index the failed pod that is kept until another takes its place, for its counts. */
  private Map<Integer, Pod> delayed(Indexes failedIndexes) {
    var activeIndexes = indexes(active);
    var kept = new LinkedHashMap<Integer, Pod>();
    for (Pod pod : valid(Set.of(), one -> JobPods.failed(one, spec))) {
      int index = JobPods.index(pod);
      if (activeIndexes.contains(index) || succeeded.has(index) || failedIndexes.has(index)) {
        continue;
      }
      Pod earlier = kept.get(index);
      if (earlier == null
          || JobPods.allFailures(earlier) <= JobPods.allFailures(pod)
              && JobPods.finishTime(pod) >= JobPods.finishTime(earlier)) {
        kept.put(index, pod);
      }
    }
    return kept;
  }

  private static TreeSet<Integer> indexes(List<Pod> pods) {
    var indexes = new TreeSet<Integer>();
    for (Pod pod : pods) {
      if (JobPods.index(pod) != JobPods.NO_INDEX) {
        indexes.add(JobPods.index(pod));
      }
    }
    return indexes;
  }

  /** Pods neither ended nor being deleted. */
  public List<Pod> active() {
    return active;
  }

  public int ready() {
    return (int) active.stream().filter(JobPods::ready).count();
  }

  public int terminating() {
    return (int) pods.stream().filter(JobPods::terminating).count();
  }

  public List<Pod> newSucceeded() {
    return newSucceeded;
  }

  public List<Pod> newFailed() {
    return newFailed;
  }

  /** Failures among the new ones that the policy does not ignore. */
  public int nonIgnoredFailed() {
    return (int)
        newFailed.stream()
            .filter(pod -> FailurePolicy.of(spec.failureRules(), pod).counted())
            .count();
  }

  public BackoffRecord backoff() {
    return backoff;
  }

  /** Why the failure policy fails the job, null if it does not. */
  public @Nullable String failJobMessage() {
    for (Pod pod : pods) {
      if (spec.failureRules() != null && JobPods.failed(pod, spec)) {
        String message = FailurePolicy.of(spec.failureRules(), pod).message();
        if (message != null) {
          return message;
        }
      }
    }
    return null;
  }

  /** Whether containers that restart in place have used up the limit (L-510 b). */
  public boolean pastBackoffLimitOnFailure() {
    if (spec.podRestartPolicy() != RestartPolicy.ON_FAILURE) {
      return false;
    }
    long restarts = 0;
    for (Pod pod : pods) {
      PodPhase phase = pod.status().phase();
      if (phase == PodPhase.RUNNING || phase == PodPhase.PENDING) {
        restarts += restarts(pod.status().initContainerStatuses());
        restarts += restarts(pod.status().containerStatuses());
      }
    }
    return restarts >= Math.max(1, spec.backoffLimit());
  }

  private static long restarts(List<ContainerStatus> statuses) {
    long restarts = 0;
    for (ContainerStatus status : statuses) {
      restarts += status.restartCount();
    }
    return restarts;
  }

  public Indexes previousSucceeded() {
    return previousSucceeded;
  }

  public Indexes succeeded() {
    return succeeded;
  }

  /** The indexes that have failed for good, null unless they have limits of their own. */
  public @Nullable Indexes failed() {
    return failed;
  }

  public Map<Integer, Pod> delayedDeletion() {
    return delayed;
  }

  /** Nanoseconds until the index of a failed pod may be tried again. */
  public long remainingPerIndex(@Nullable Pod lastFailed, long now) {
    return lastFailed == null
        ? 0
        : new BackoffRecord(JobPods.allFailures(lastFailed) + 1, JobPods.finishTime(lastFailed))
            .remaining(now);
  }

  /** The first indexes that need a pod. */
  public List<Integer> pending(int count) {
    Indexes taken = succeeded.with(indexes(active));
    if (spec.replaceFailedOnly()) {
      taken = taken.with(indexes(pods.stream().filter(JobPods::terminating).toList()));
    }
    if (failed != null) {
      taken = taken.with(failed);
    }
    return taken.firstMissing(count, spec.indexes());
  }

  /** The words of the success rule that is met, null if none is. */
  public @Nullable String successPolicy() {
    if (succeeded.isEmpty()) {
      return null;
    }
    for (int i = 0; i < spec.successRules().size(); i++) {
      if (met(spec.successRules().get(i))) {
        return "Matched rules at index " + i;
      }
    }
    return null;
  }

  private boolean met(SuccessRule rule) {
    Integer count = rule.succeededCount();
    if (rule.succeededIndexes() == null) {
      return count != null && succeeded.total() >= count;
    }
    Indexes wanted = Indexes.parse(rule.succeededIndexes(), spec.indexes());
    int common = wanted.common(succeeded);
    // Indexes beyond the last one can never succeed: all that can is enough.
    return common >= (count == null ? wanted.total() : Math.min(count, wanted.total()));
  }

  /** At least that many pods to remove. */
  public List<Pod> removal(int atLeast) {
    return RemovalOrder.pick(spec, active, atLeast);
  }
}
