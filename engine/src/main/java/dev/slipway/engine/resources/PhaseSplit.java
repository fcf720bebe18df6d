package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;

/**
 * Where effective amounts come from: what starting up needs, what running needs, and what is
 * reserved for the former and idle ever after (rules, each step by itself).
 *
 * @param initPeak the highest point on the way up
 * @param steady app containers and sidecars together
 * @param effective what the scheduler and quota count, pod-level amounts and overhead in
 * @param unusedAfterStart what of that is there for the start only: the peak less steady, not below
 *     0. Nothing of a name the pod level sets: that amount does not follow from the start
 *     and is any container's to use as long as the pod runs
 * @param appContainers app containers alone: what tools see that know neither init containers nor
 *     overhead
 * @param missedByApps effective less {@code appContainers}, not below 0
 */
public record PhaseSplit(
    ResourceList initPeak,
    ResourceList steady,
    ResourceList effective,
    ResourceList unusedAfterStart,
    ResourceList appContainers,
    ResourceList missedByApps) {

  /** The split of requests. */
  public static PhaseSplit ofRequests(PodResources pod) {
    return of(pod, true, EffectiveResources.podRequests(pod, ResourceOptions.SPEC));
  }

  /** The split of limits, as far as limits are declared. */
  public static PhaseSplit ofLimits(PodResources pod) {
    return of(pod, false, EffectiveResources.podLimits(pod, ResourceOptions.SPEC));
  }

  private static PhaseSplit of(PodResources pod, boolean requests, ResourceList effective) {
    ResourceList apps = ResourceList.EMPTY;
    for (ContainerResources app : pod.containers()) {
      apps = apps.plus(list(app, requests));
    }
    ResourceList sidecars = ResourceList.EMPTY;
    ResourceList peak = ResourceList.EMPTY;
    for (ContainerResources init : pod.initContainers()) {
      ResourceList term = sidecars.plus(list(init, requests));
      peak = peak.max(term);
      sidecars = init.alwaysRestarts() ? term : sidecars;
    }
    ResourceList steady = apps.plus(sidecars);
    return new PhaseSplit(
        peak,
        steady,
        effective,
        beyond(peak, steady, pod.podLevelAmounts(requests)),
        apps,
        beyond(effective, apps, ResourceList.EMPTY));
  }

  private static ResourceList list(ContainerResources container, boolean requests) {
    return requests ? container.requests() : container.limits();
  }

  /**
   * What the first list has beyond the second; names with nothing left, and those in the third, are
   * absent.
   */
  private static ResourceList beyond(ResourceList more, ResourceList less, ResourceList not) {
    var beyond = new ResourceSums(more.size());
    for (int i = 0; i < more.size(); i++) {
      Quantity difference = more.amount(i).subtract(less.getOrZero(more.name(i)));
      if (difference.signum() > 0 && !not.has(more.name(i))) {
        beyond.put(more.name(i), difference);
      }
    }
    return beyond.toList();
  }

  /** The part of the effective amount that is idle after the start, 0 to 1. */
  public double unusedShare(String name) {
    return share(unusedAfterStart, name);
  }

  /** The part of the effective amount that naive tools miss, 0 to 1. */
  public double missedShare(String name) {
    return share(missedByApps, name);
  }

  private double share(ResourceList part, String name) {
    Quantity whole = effective.getOrZero(name);
    return whole.isZero()
        ? 0
        : part.getOrZero(name).toBigDecimal().doubleValue() / whole.toBigDecimal().doubleValue();
  }
}
