package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;

/**
 * What a pod counts for on a node (rules; source: {@code
 * pkg/scheduler/framework/types.go}, 1.37).
 *
 * @param requested effective requests
 * @param nonZeroMilliCpu CPU with stand-ins for containers that name none
 * @param nonZeroMemory bytes with stand-ins
 */
public record PodSchedulerRequest(
    SchedulerVector requested, long nonZeroMilliCpu, long nonZeroMemory) {
  /** What a container that names no CPU counts for in scores. */
  static final Quantity DEFAULT_CPU = Quantity.ofMilli(100);

  /** What a container that names no memory counts for in scores: 200Mi. */
  static final Quantity DEFAULT_MEMORY = Quantity.ofBytes(200L << 20);

  /** Both stand-ins. */
  static final ResourceList NON_MISSING =
      ResourceList.of(ResourceNames.CPU, DEFAULT_CPU).with(ResourceNames.MEMORY, DEFAULT_MEMORY);

  /** A pod that is, or is assumed to be, on a node. */
  public static PodSchedulerRequest of(PodResources pod) {
    ResourceList requests = EffectiveResources.podRequests(pod, ResourceOptions.SCHEDULER);
    ResourceList standIns = standIns(pod, requests);
    ResourceList nonZero =
        standIns.isEmpty()
            ? requests
            : EffectiveResources.podRequests(
                pod, ResourceOptions.SCHEDULER.withNonMissing(standIns));
    return new PodSchedulerRequest(
        SchedulerVector.of(requests),
        nonZero.getOrZero(ResourceNames.CPU).milliValue(),
        nonZero.getOrZero(ResourceNames.MEMORY).value());
  }

  /** With pod-level requests only for a name the effective request lacks altogether. */
  private static ResourceList standIns(PodResources pod, ResourceList requests) {
    if (!pod.hasPodLevelRequests()) {
      return NON_MISSING;
    }
    ResourceList standIns = ResourceList.EMPTY;
    if (!requests.has(ResourceNames.CPU)) {
      standIns = standIns.with(ResourceNames.CPU, DEFAULT_CPU);
    }
    if (!requests.has(ResourceNames.MEMORY)) {
      standIns = standIns.with(ResourceNames.MEMORY, DEFAULT_MEMORY);
    }
    return standIns;
  }
}
