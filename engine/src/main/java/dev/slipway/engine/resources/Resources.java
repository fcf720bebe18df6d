package dev.slipway.engine.resources;

import dev.slipway.engine.api.ResourceRequirements;

/** Requests and limits of a container or a pod. */
public record Resources(ResourceList requests, ResourceList limits) {
  /** Nothing declared. */
  public static final Resources NONE = new Resources(ResourceList.ABSENT, ResourceList.ABSENT);

  /** From the API's record. */
  public static Resources of(ResourceRequirements requirements) {
    return new Resources(
        ResourceList.of(requirements.requests()), ResourceList.of(requirements.limits()));
  }

  /** True if a name that counts at pod level is requested. */
  boolean hasPodLevelRequests() {
    return hasPodLevel(requests);
  }

  /** True if a name that counts at pod level is limited. */
  boolean hasPodLevelLimits() {
    return hasPodLevel(limits);
  }

  private static boolean hasPodLevel(ResourceList list) {
    for (int i = 0; i < list.size(); i++) {
      if (ResourceNames.isPodLevel(list.name(i))) {
        return true;
      }
    }
    return false;
  }
}
