package dev.slipway.engine.observe;

import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a pod took to each stage, counted from its creation, in nanoseconds of whole seconds;
 * {@link Times#NONE}: not reached, or reached before the pod was followed.
 *
 * @param containers first starts, in spec order, init containers first
 */
public record StageTimes(
    long scheduled, long sandbox, long initialized, long ready, List<Start> containers) {
  public StageTimes {
    containers = List.copyOf(containers);
  }

  /** First start of one container. */
  public record Start(String container, long after) {}

  static StageTimes of(ObservedPod pod) {
    List<Start> starts = new ArrayList<>();
    for (int c = 0; c < pod.containers.length; c++) {
      starts.add(new Start(pod.containerName(c), since(pod, pod.containers[c].firstStart)));
    }
    return new StageTimes(
        since(pod, pod.scheduledAt),
        since(pod, pod.sandboxAt),
        since(pod, pod.initializedAt),
        since(pod, pod.readyAt),
        starts);
  }

  private static long since(ObservedPod pod, long at) {
    return at == Times.NONE || pod.created == Times.NONE ? Times.NONE : at - pod.created;
  }
}
