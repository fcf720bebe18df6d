package dev.slipway.ingest.service;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import java.util.List;

/** When a version of a pod was written, as far as it tells: the latest past time in it. */
public final class VersionTime {
  private VersionTime() {}

  /** Nanoseconds since the Unix epoch, {@link Times#NONE} if it has no time at all. */
  public static long of(Pod pod) {
    PodStatus status = pod.status();
    long latest = Math.max(pod.metadata().creationTimestamp(), status.startTime());
    for (PodCondition condition : status.conditions()) {
      latest = Math.max(latest, condition.lastTransitionTime());
    }
    latest = Math.max(latest, of(status.initContainerStatuses()));
    return Math.max(latest, of(status.containerStatuses()));
  }

  private static long of(List<ContainerStatus> statuses) {
    long latest = Times.NONE;
    for (ContainerStatus status : statuses) {
      latest = Math.max(latest, Math.max(of(status.state()), of(status.lastState())));
    }
    return latest;
  }

  private static long of(ContainerState state) {
    return switch (state) {
      case ContainerState.Running running -> running.startedAt();
      case ContainerState.Terminated ended -> ended.finishedAt();
      case ContainerState.Waiting _, ContainerState.None _ -> Times.NONE;
    };
  }
}
