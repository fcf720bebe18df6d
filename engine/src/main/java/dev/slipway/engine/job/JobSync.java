package dev.slipway.engine.job;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One pass of the Job controller over a job and its pods, all writes taken to succeed: which pods
 * it deletes and makes, what it counts, whether the job is over, what it writes as status.
 *
 * <p>A pod is counted in two steps, so that none is lost: its uid is written to the status, its
 * finalizer is removed, then the counters take it over. A job ends in two steps too: the reason is
 * written first, the end only when no pod is left to wait for.
 */
public final class JobSync {
  private static final String BACKOFF_LIMIT = "Job has reached the specified backoff limit";
  private static final String DEADLINE = "Job was active longer than specified deadline";
  private static final String MAX_FAILED =
      "Job has exceeded the specified maximal number of failed indexes";

  private final Job job;
  private final JobSpec spec;
  private final List<Pod> pods;
  private final JobView view;
  private final long now;

  private final List<String> deleted = new ArrayList<>();
  private final List<NewPod> created = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final List<Long> requeues = new ArrayList<>();
  private int patches;

  private final List<JobCondition> conditions;
  private final List<String> uncountedSucceeded;
  private final List<String> uncountedFailed;
  private long startTime;
  private long completionTime;
  private int active;
  private int ready;
  private int terminating;
  private int succeeded;
  private int failed;
  private int statusSucceeded;
  private int statusFailed;
  private String completedIndexes;
  private @Nullable String failedIndexes;
  private @Nullable JobCondition finished;
  private boolean flush;
  private int writes;
  private boolean backoffStored;

  /**
   * A pod to make.
   *
   * @param index its completion index, -1 if the job has none
   */
  public record NewPod(int index, int failureCount, int ignoredCount) {}

  /**
   * What a pass did.
   *
   * @param status the last status written, null if none was
   * @param requeues nanoseconds until the next pass, in the order they were asked for
   * @param backoff the record kept afterwards, null if there is none
   */
  public record Result(
      @Nullable JobStatus status,
      int statusWrites,
      List<String> deleted,
      List<NewPod> created,
      int finalizerPatches,
      List<Long> requeues,
      @Nullable BackoffRecord backoff,
      List<String> events) {}

  private JobSync(Job job, List<Pod> pods, BackoffRecord before, long now) {
    this.job = job;
    this.spec = job.spec();
    this.pods = pods;
    this.view = new JobView(job, pods, before);
    this.now = now;
    JobStatus status = job.status();
    this.conditions = new ArrayList<>(status.conditions());
    this.uncountedSucceeded = new ArrayList<>(status.uncountedSucceeded());
    this.uncountedFailed = new ArrayList<>(status.uncountedFailed());
    this.startTime = status.startTime();
    this.completionTime = status.completionTime();
    this.statusSucceeded = status.succeeded();
    this.statusFailed = status.failed();
    this.completedIndexes = status.completedIndexes();
    this.failedIndexes = status.failedIndexes();
    this.active = view.active().size();
    this.ready = view.ready();
    this.terminating = view.terminating();
  }

  /**
   * Runs a pass.
   *
   * @param before the back-off record kept so far, null if there is none
   */
  public static Result run(Job job, List<Pod> pods, @Nullable BackoffRecord before, long now) {
    if (job.status().finished()) {
      return new Result(null, 0, List.of(), List.of(), 0, List.of(), null, List.of());
    }
    var sync = new JobSync(job, pods, before == null ? BackoffRecord.NONE : before, now);
    return sync.run(before);
  }

  private Result run(@Nullable BackoffRecord before) {
    JobStatus status = job.status();
    succeeded = status.succeeded() + view.newSucceeded().size() + uncountedSucceeded.size();
    failed = status.failed() + view.nonIgnoredFailed() + uncountedFailed.size();
    if (startTime == Times.NONE && !spec.suspend()) {
      startTime = now;
    }
    decideEnd();
    if (spec.indexed()) {
      succeeded = view.succeeded().total();
      decideByIndexes();
    }
    boolean changed = finished != null ? removeAll() : manage();
    Integer oldReady = status.ready();
    Integer oldTerminating = status.terminating();
    flush =
        changed
            || active != status.active()
            || oldReady == null
            || oldReady != ready
            || oldTerminating == null
            || oldTerminating != terminating;
    track();
    return new Result(
        writes == 0 ? null : written(),
        writes,
        deleted.stream().sorted().toList(),
        created,
        patches,
        requeues,
        backoffStored ? view.backoff() : before,
        events);
  }

  private void decideEnd() {
    JobStatus status = job.status();
    finished = status.trueCondition(JobCondition.SUCCESS_CRITERIA_MET);
    if (finished != null) {
      return;
    }
    JobCondition target = status.trueCondition(JobCondition.FAILURE_TARGET);
    String message = view.failJobMessage();
    if (target != null) {
      finished = target.as(JobCondition.FAILED);
    } else if (message != null) {
      finished = failure("PodFailurePolicy", message);
    } else if (failed > spec.backoffLimit() || view.pastBackoffLimitOnFailure()) {
      finished = failure("BackoffLimitExceeded", BACKOFF_LIMIT);
    } else if (pastDeadline()) {
      finished = failure("DeadlineExceeded", DEADLINE);
    } else if (spec.activeDeadlineSeconds() != null && !spec.suspend()) {
      requeues.add(spec.activeDeadlineSeconds() * Times.SECOND - (now - startTime));
    }
  }

  private boolean pastDeadline() {
    Long deadline = spec.activeDeadlineSeconds();
    return deadline != null
        && !spec.suspend()
        && startTime != Times.NONE
        && now - startTime >= deadline * Times.SECOND;
  }

  private static JobCondition failure(String reason, String message) {
    return new JobCondition(JobCondition.FAILURE_TARGET, true, reason, message);
  }

  private void decideByIndexes() {
    Indexes bad = view.failed();
    if (finished == null && bad != null) {
      Integer most = spec.maxFailedIndexes();
      if (most != null && bad.total() > most) {
        finished = failure("MaxFailedIndexesExceeded", MAX_FAILED);
      } else if (bad.total() > 0 && bad.total() + view.succeeded().total() >= spec.indexes()) {
        finished = failure("FailedIndexes", "Job has failed indexes");
      }
    }
    String met = view.successPolicy();
    if (finished == null && met != null) {
      finished = new JobCondition(JobCondition.SUCCESS_CRITERIA_MET, true, "SuccessPolicy", met);
    }
  }

  private boolean removeAll() {
    delete(view.active());
    return false;
  }

  /** Deletes pods of a job that goes on, their finalizers first. */
  private void release(List<Pod> removed) {
    patches += (int) removed.stream().filter(JobPods::tracked).count();
    delete(removed);
  }

  private void delete(List<Pod> removed) {
    for (Pod pod : removed) {
      deleted.add(pod.metadata().name());
      active--;
      terminating++;
      if (JobPods.ready(pod)) {
        ready--;
      }
    }
  }

  /** Makes or removes pods of a job that goes on; true if its suspension changed. */
  private boolean manage() {
    managePods();
    Integer completions = spec.completions();
    boolean complete =
        active == 0 && (completions == null ? succeeded > 0 : succeeded >= completions);
    if (complete) {
      finished =
          new JobCondition(
              JobCondition.SUCCESS_CRITERIA_MET,
              true,
              "CompletionsReached",
              "Reached expected number of succeeded pods");
      return false;
    }
    return spec.suspend() ? suspend() : resume();
  }

  private boolean suspend() {
    if (!ensure(new JobCondition(JobCondition.SUSPENDED, true, "JobSuspended", "Job suspended"))) {
      return false;
    }
    events.add("Normal Suspended Job suspended");
    startTime = Times.NONE;
    return true;
  }

  private boolean resume() {
    if (!ensure(new JobCondition(JobCondition.SUSPENDED, false, "JobResumed", "Job resumed"))) {
      return false;
    }
    events.add("Normal Resumed Job resumed");
    startTime = now;
    return true;
  }

  /** Sets a condition; true if that changed anything. A false one that is absent stays absent. */
  private boolean ensure(JobCondition wanted) {
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).type().equals(wanted.type())) {
        return !conditions.set(i, wanted).equals(wanted);
      }
    }
    return wanted.isTrue() && conditions.add(wanted);
  }

  private void managePods() {
    if (spec.suspend()) {
      release(view.removal(active));
      return;
    }
    int wanted = wanted();
    List<Pod> surplus = view.removal(Math.max(0, active - wanted));
    if (!surplus.isEmpty()) {
      release(surplus);
      return;
    }
    int missing = wanted - active - (spec.replaceFailedOnly() ? terminating : 0);
    if (missing > 0) {
      create(missing);
    }
  }

  private int wanted() {
    Integer completions = spec.completions();
    if (completions == null) {
      return succeeded > 0 ? active : spec.parallelism();
    }
    return Math.max(0, Math.min(completions - succeeded, spec.parallelism()));
  }

  private void create(int missing) {
    long wait = spec.perIndex() ? 0 : view.backoff().remaining(now);
    List<Integer> indexes = new ArrayList<>();
    if (wait == 0 && spec.indexed()) {
      indexes = view.pending(missing);
    }
    if (wait == 0 && spec.perIndex()) {
      wait = dropThoseThatWait(indexes);
    }
    if (wait > 0) {
      requeues.add(wait);
      return;
    }
    int count = spec.indexed() ? indexes.size() : missing;
    for (int i = 0; i < count; i++) {
      int index = spec.indexed() ? indexes.get(i) : JobPods.NO_INDEX;
      Pod replaced = view.delayedDeletion().get(index);
      int[] counts = replaced == null ? new int[2] : JobPods.countsAfter(replaced, spec);
      created.add(new NewPod(index, counts[0], counts[1]));
    }
    active += count;
  }

  /** Leaves the indexes that need not wait; the shortest wait if all have to. */
  private long dropThoseThatWait(List<Integer> indexes) {
    long shortest = Long.MAX_VALUE;
    for (int i = indexes.size() - 1; i >= 0; i--) {
      long wait = view.remainingPerIndex(view.delayedDeletion().get(indexes.get(i)), now);
      if (wait > 0) {
        shortest = Math.min(shortest, wait);
        indexes.remove(i);
      }
    }
    return indexes.isEmpty() && shortest != Long.MAX_VALUE ? shortest : 0;
  }

  /** Counts pods that ended, removes their finalizers and ends the job if it is over. */
  private void track() {
    Set<String> tracked = new HashSet<>();
    for (Pod pod : pods) {
      if (JobPods.tracked(pod)) {
        tracked.add(pod.metadata().uid());
      }
    }
    countThoseWithout(tracked);
    var counting = new TreeSet<Integer>();
    for (Pod pod : pods) {
      if (JobPods.tracked(pod) && letGo(pod)) {
        patches++;
        count(pod, counting);
        tracked.remove(pod.metadata().uid());
      }
    }
    if (spec.indexed()) {
      writeIndexes(counting);
    }
    announceEnd();
    if (flush) {
      writes++;
      backoffStored = true;
      flush = false;
    }
    countThoseWithout(tracked);
    boolean over = finish();
    if (flush || over) {
      writes++;
    }
    if (over) {
      reportEnd();
    }
  }

  /** Moves pods whose finalizer is gone from the lists to the counters. */
  private void countThoseWithout(Set<String> tracked) {
    int before = uncountedSucceeded.size() + uncountedFailed.size();
    int ok = uncountedSucceeded.size();
    int bad = uncountedFailed.size();
    uncountedSucceeded.removeIf(uid -> !tracked.contains(uid));
    uncountedFailed.removeIf(uid -> !tracked.contains(uid));
    statusSucceeded += ok - uncountedSucceeded.size();
    statusFailed += bad - uncountedFailed.size();
    flush |= before != uncountedSucceeded.size() + uncountedFailed.size();
  }

  private boolean letGo(Pod pod) {
    if (finished != null || JobPods.succeeded(pod)) {
      return true;
    }
    return JobPods.failed(pod, spec) && view.delayedDeletion().get(JobPods.index(pod)) != pod;
  }

  private void count(Pod pod, TreeSet<Integer> counting) {
    String uid = pod.metadata().uid();
    boolean countedFailed = job.status().uncountedFailed().contains(uid);
    boolean placed = !spec.indexed() || JobPods.validIndex(pod, spec);
    boolean endsBadly = finished != null && !finished.is(JobCondition.SUCCESS_CRITERIA_MET);
    if (JobPods.succeeded(pod) && !countedFailed) {
      if (spec.indexed()) {
        if (placed && !view.previousSucceeded().has(JobPods.index(pod))) {
          counting.add(JobPods.index(pod));
          flush = true;
        }
      } else if (!job.status().uncountedSucceeded().contains(uid)) {
        uncountedSucceeded.add(uid);
        flush = true;
      }
    } else if ((JobPods.failed(pod, spec) || endsBadly)
        && !countedFailed
        && placed
        && FailurePolicy.of(spec.failureRules(), pod).counted()) {
      uncountedFailed.add(uid);
      flush = true;
    }
  }

  private void writeIndexes(TreeSet<Integer> counting) {
    Indexes all = view.succeeded().with(counting);
    flush |= !all.toString().equals(completedIndexes);
    completedIndexes = all.toString();
    statusSucceeded = all.total();
    Indexes bad = view.failed();
    String text = bad == null ? null : bad.toString();
    if (!java.util.Objects.equals(text, failedIndexes)) {
      failedIndexes = text;
      flush = true;
    }
  }

  /** Writes why the job ends before its pods are let go. */
  private void announceEnd() {
    JobCondition end = finished;
    if (end == null) {
      return;
    }
    if (end.type().equals(JobCondition.FAILURE_TARGET)) {
      conditions.add(end);
      flush = true;
      finished = end.as(JobCondition.FAILED);
    } else if (end.is(JobCondition.SUCCESS_CRITERIA_MET)) {
      if (job.status().trueCondition(JobCondition.SUCCESS_CRITERIA_MET) == null) {
        conditions.add(end);
        flush = true;
      }
      finished = end.as(JobCondition.COMPLETE);
    }
  }

  /** Ends the job once nothing is left to count or to wait for (L-510 e). */
  private boolean finish() {
    JobCondition end = finished;
    if (end == null
        || !uncountedSucceeded.isEmpty()
        || !uncountedFailed.isEmpty()
        || terminating > 0) {
      return false;
    }
    ensure(end);
    if (end.type().equals(JobCondition.COMPLETE)) {
      completionTime = now;
    }
    return true;
  }

  private void reportEnd() {
    JobCondition end = finished;
    if (end == null) {
      return;
    }
    if (!end.type().equals(JobCondition.COMPLETE)) {
      events.add("Warning " + end.reason() + " " + end.message());
      return;
    }
    if (spec.completions() != null && statusSucceeded > spec.completions()) {
      events.add(
          "Warning TooManySucceededPods Too many succeeded pods running after completion count"
              + " reached");
    }
    events.add("Normal Completed Job completed");
  }

  private JobStatus written() {
    return new JobStatus(
        conditions,
        startTime,
        completionTime,
        active,
        statusSucceeded,
        statusFailed,
        ready,
        terminating,
        completedIndexes,
        failedIndexes,
        uncountedSucceeded,
        uncountedFailed);
  }
}
