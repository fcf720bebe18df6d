package dev.slipway.engine.job;

import dev.slipway.engine.api.Pod;

/**
 * What the controller makes of one pod.
 *
 * @param index completion index, -1 if it has none
 * @param replacementFailures failure count of the pod that takes its place
 */
public record JobPodFacts(
    boolean failed,
    boolean active,
    boolean terminating,
    boolean ready,
    long finishTime,
    int index,
    int replacementFailures,
    int replacementIgnored) {

  /** Looks at a pod of a job. */
  public static JobPodFacts of(Pod pod, JobSpec job) {
    int[] counts = JobPods.countsAfter(pod, job);
    return new JobPodFacts(
        JobPods.failed(pod, job),
        JobPods.active(pod),
        JobPods.terminating(pod),
        JobPods.ready(pod),
        JobPods.finishTime(pod),
        JobPods.index(pod),
        counts[0],
        counts[1]);
  }
}
