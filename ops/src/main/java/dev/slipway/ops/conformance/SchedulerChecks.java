package dev.slipway.ops.conformance;

import java.util.Map;

/** The checks of the vectors {@code scheduler}: which node a pod gets, and when it is tried. */
final class SchedulerChecks implements TopicChecks {
  @Override
  public Map<String, VectorCheck> checks() {
    return Map.of(
        "scheduler/schedule", SchedulerCycleCheck::schedule,
        "scheduler/preemption", SchedulerCycleCheck::preemption,
        "scheduler/queue", SchedulerQueueCheck::check,
        "scheduler/gates", SchedulerQueueCheck::check);
  }
}
