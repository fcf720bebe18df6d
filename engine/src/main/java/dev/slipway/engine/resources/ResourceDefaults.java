package dev.slipway.engine.resources;

import java.util.List;

/** What the API server fills in (rules; 1.37). */
public final class ResourceDefaults {
  private static final int MILLI = -3;

  private ResourceDefaults() {}

  /** Decoding: amounts rounded up to milli, requests taken from limits. */
  public static PodResources decoded(PodResources pod) {
    Resources podLevel = pod.podLevel();
    return new PodResources(
        pod.initContainers().stream().map(ResourceDefaults::decoded).toList(),
        pod.containers().stream().map(ResourceDefaults::decoded).toList(),
        podLevel == null ? null : rounded(podLevel),
        rounded(pod.overhead()),
        pod.status());
  }

  /** Decoding and then, after admission, what creation fills in at pod level. */
  public static PodResources created(PodResources pod) {
    return withPodLevelDefaults(decoded(pod));
  }

  private static ContainerResources decoded(ContainerResources container) {
    Resources rounded = rounded(container.resources());
    return container.with(
        rounded.limits().present() ? requestsFromLimits(rounded) : rounded.requests(),
        rounded.limits());
  }

  private static ResourceList requestsFromLimits(Resources resources) {
    ResourceList requests =
        resources.requests().present() ? resources.requests() : ResourceList.EMPTY;
    return requests.orElse(resources.limits());
  }

  private static Resources rounded(Resources resources) {
    return new Resources(rounded(resources.requests()), rounded(resources.limits()));
  }

  private static ResourceList rounded(ResourceList list) {
    return list.map(amount -> amount.roundUp(MILLI));
  }

  /** an empty pod-level object stays empty. */
  public static PodResources withPodLevelDefaults(PodResources pod) {
    Resources podLevel = pod.podLevel();
    if (podLevel == null || (podLevel.requests().isEmpty() && podLevel.limits().isEmpty())) {
      return pod;
    }
    ResourceList containerLimits = EffectiveResources.containerLimits(pod, ResourceOptions.SPEC);
    ResourceList limits = withHugePages(podLevel, containerLimits);
    ResourceList requests = podLevelRequests(pod, podLevel.requests(), limits);
    return pod.withPodLevel(
        new Resources(requests, podLevelLimits(pod, requests, limits, containerLimits)));
  }

  private static ResourceList withHugePages(Resources podLevel, ResourceList containerLimits) {
    ResourceList limits = podLevel.limits();
    for (int i = 0; i < containerLimits.size(); i++) {
      String name = containerLimits.name(i);
      if (ResourceNames.isHugePages(name) && !limits.has(name) && !podLevel.requests().has(name)) {
        limits = limits.with(name, containerLimits.amount(i));
      }
    }
    return limits;
  }

  private static ResourceList podLevelRequests(
      PodResources pod, ResourceList podLevel, ResourceList limits) {
    ResourceList containers = EffectiveResources.containerRequests(pod, ResourceOptions.SPEC);
    ResourceList requests = podLevel;
    for (String name : List.of(ResourceNames.CPU, ResourceNames.MEMORY)) {
      var amount = containers.get(name);
      if (amount != null && !requests.has(name)) {
        requests = requests.with(name, amount);
      }
    }
    for (int i = 0; i < limits.size(); i++) {
      String name = limits.name(i);
      if (ResourceNames.isPodLevel(name) && !requests.has(name)) {
        requests = requests.with(name, limits.amount(i));
      }
    }
    return requests;
  }

  private static ResourceList podLevelLimits(
      PodResources pod,
      ResourceList requests,
      ResourceList podLevel,
      ResourceList containerLimits) {
    ResourceList limits = podLevel;
    for (int i = 0; i < requests.size(); i++) {
      String name = requests.name(i);
      if (ResourceNames.isPodLevel(name)
          && !limits.has(name)
          && everyContainerHasLimit(pod, name)) {
        limits = limits.with(name, containerLimits.getOrZero(name).max(requests.amount(i)));
      }
    }
    return limits;
  }

  private static boolean everyContainerHasLimit(PodResources pod, String name) {
    return pod.containers().stream().allMatch(container -> container.limits().has(name))
        && pod.initContainers().stream().allMatch(container -> container.limits().has(name));
  }
}
