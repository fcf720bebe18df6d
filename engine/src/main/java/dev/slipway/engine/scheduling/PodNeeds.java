package dev.slipway.engine.scheduling;

import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.PodSchedulerRequest;
import dev.slipway.engine.resources.ResourceFit;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceOptions;
import dev.slipway.engine.resources.ResourceScores;
import dev.slipway.engine.resources.SchedulerVector;
import java.util.HashMap;
import java.util.Map;

/**
 * The amounts the scheduler counts for a pod; which list counts where is R-039.
 *
 * @param asked by the incoming pod in the fit filter
 * @param onNode once it is on a node
 * @param scored by the incoming pod in the score of NodeResourcesFit
 * @param milliRequests thousandths of each name it requests, to see what a resize changes (K-114)
 * @param sidecars an init container restarts always
 */
public record PodNeeds(
    SchedulerVector asked,
    PodSchedulerRequest onNode,
    SchedulerVector scored,
    Map<String, Long> milliRequests,
    boolean sidecars) {
  /** A pod without containers. */
  public static final PodNeeds NOTHING =
      new PodNeeds(
          SchedulerVector.ZERO,
          new PodSchedulerRequest(SchedulerVector.ZERO, 0, 0),
          SchedulerVector.ZERO,
          Map.of(),
          false);

  public PodNeeds {
    milliRequests = Map.copyOf(milliRequests);
  }

  /** The amounts of those containers. */
  public static PodNeeds of(PodResources pod) {
    ResourceList requests = EffectiveResources.podRequests(pod, ResourceOptions.SCHEDULER);
    Map<String, Long> milli = new HashMap<>();
    for (int i = 0; i < requests.size(); i++) {
      milli.put(requests.name(i), requests.amount(i).milliValue());
    }
    return new PodNeeds(
        ResourceFit.request(pod),
        PodSchedulerRequest.of(pod),
        ResourceScores.scored(pod),
        milli,
        pod.initContainers().stream().anyMatch(ContainerResources::alwaysRestarts));
  }
}
