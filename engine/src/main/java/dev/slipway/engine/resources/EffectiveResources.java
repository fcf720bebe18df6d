package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Effective requests and limits of a pod (rules; source: component-helpers {@code
 * resource/helpers.go}, 1.37).
 *
 * <p>The limit of a name is the sum or peak of declared limits only: whether the pod is
 * bounded at all is a question of its own, {@link UnlimitedResources}.
 */
public final class EffectiveResources {
  private enum Source {
    SPEC_REQUESTS,
    ALLOCATED_REQUESTS,
    ACTUATED_REQUESTS,
    SPEC_LIMITS,
    ACTUATED_LIMITS
  }

  private EffectiveResources() {}

  /**
   * Effective requests: containers, pod-level values in their place, overhead on top (R-020 to
   *
   */
  public static ResourceList podRequests(PodResources pod, ResourceOptions options) {
    ResourceList containers =
        options.skipContainerLevel() ? ResourceList.EMPTY : containerRequests(pod, options);
    Resources podLevel = pod.podLevel();
    if (!options.skipPodLevel() && podLevel != null && podLevel.hasPodLevelRequests()) {
      containers = replaced(containers, podLevelRequests(pod, podLevel, options));
    }
    return options.excludeOverhead() ? containers : containers.plus(pod.overhead());
  }

  /** Effective limits: the same, overhead only on top of what is limited. */
  public static ResourceList podLimits(PodResources pod, ResourceOptions options) {
    ResourceList limits = containerLimits(pod, options);
    Resources podLevel = pod.podLevel();
    if (!options.skipPodLevel() && podLevel != null && pod.hasPodLevel()) {
      limits = replaced(limits, podLevelLimits(pod, podLevel, options));
    }
    return options.excludeOverhead() || pod.overhead().isEmpty()
        ? limits
        : overheadOnLimits(limits, pod.overhead());
  }

  /**
   * The requests of all containers together, without pod level and overhead.
   */
  public static ResourceList containerRequests(PodResources pod, ResourceOptions options) {
    ResourceList nonMissing = options.nonMissing();
    ResourceList spec =
        plusClaims(aggregate(pod, Source.SPEC_REQUESTS, false, nonMissing), pod, options);
    if (!options.useStatusResources()) {
      return spec;
    }
    ResourceStatus status = pod.status();
    boolean infeasible = status.resizeInfeasible();
    ResourceList allocated;
    ResourceList actuated;
    if (hasPodWideRequests(status, options) && status.resources() != null) {
      allocated = status.allocatedResources();
      actuated = status.resources().requests();
    } else {
      allocated =
          plusClaims(
              aggregate(pod, Source.ALLOCATED_REQUESTS, infeasible, nonMissing), pod, options);
      actuated = aggregate(pod, Source.ACTUATED_REQUESTS, infeasible, nonMissing);
    }
    ResourceList held = actuated.max(allocated);
    return infeasible ? held : spec.max(held);
  }

  /** The limits of all containers together, without pod level and overhead. */
  public static ResourceList containerLimits(PodResources pod, ResourceOptions options) {
    ResourceList none = ResourceList.EMPTY;
    ResourceList spec =
        plusLimitedClaims(aggregate(pod, Source.SPEC_LIMITS, false, none), pod, options);
    if (!options.useStatusResources()) {
      return spec;
    }
    Resources podWide = pod.status().resources();
    boolean infeasible = pod.status().resizeInfeasible();
    ResourceList actuated =
        options.inPlacePodLevel() && podWide != null && podWide.limits().present()
            ? podWide.limits()
            : aggregate(pod, Source.ACTUATED_LIMITS, infeasible, none);
    return infeasible ? actuated : spec.max(actuated);
  }

  private static boolean hasPodWideRequests(ResourceStatus status, ResourceOptions options) {
    return options.inPlacePodLevel()
        && status.allocatedResources().present()
        && status.resources() != null
        && status.resources().requests().present();
  }

  /** */
  private static ResourceList podLevelRequests(
      PodResources pod, Resources podLevel, ResourceOptions options) {
    ResourceStatus status = pod.status();
    Resources actual = status.resources();
    if (!options.inPlacePodLevel() || !options.useStatusResources() || actual == null) {
      return podLevel.requests();
    }
    ResourceList spec = status.resizeInfeasible() ? ResourceList.EMPTY : podLevel.requests();
    return spec.max(actual.requests()).max(status.allocatedResources());
  }

  /** */
  private static ResourceList podLevelLimits(
      PodResources pod, Resources podLevel, ResourceOptions options) {
    Resources actual = pod.status().resources();
    if (!options.inPlacePodLevel() || !options.useStatusResources() || actual == null) {
      return podLevel.limits();
    }
    ResourceList spec = pod.status().resizeInfeasible() ? ResourceList.EMPTY : podLevel.limits();
    return spec.max(actual.limits());
  }

  private static ResourceList replaced(ResourceList containers, ResourceList podLevel) {
    var sums = new ResourceSums(containers.size() + podLevel.size()).add(containers);
    for (int i = 0; i < podLevel.size(); i++) {
      if (ResourceNames.isPodLevel(podLevel.name(i))) {
        sums.put(podLevel.name(i), podLevel.amount(i));
      }
    }
    return sums.toList();
  }

  private static ResourceList overheadOnLimits(ResourceList limits, ResourceList overhead) {
    var sums = new ResourceSums(limits.size()).add(limits);
    for (int i = 0; i < overhead.size(); i++) {
      if (limits.isNonZero(overhead.name(i))) {
        sums.add(overhead.name(i), overhead.amount(i));
      }
    }
    return sums.toList();
  }

  /**
   * in one pass: what runs together, and the highest point on the way there. A
   * regular init container stands on the sidecars before it; names only those have are already in
   * the peak.
   */
  private static ResourceList aggregate(
      PodResources pod, Source source, boolean infeasible, ResourceList nonMissing) {
    List<ContainerResources> apps = pod.containers();
    List<ContainerResources> inits = pod.initContainers();
    if (inits.isEmpty() && apps.size() == 1) {
      return orEmpty(list(pod, apps.get(0), source, infeasible).orElse(nonMissing));
    }
    var running = new ResourceSums();
    for (int i = 0; i < apps.size(); i++) {
      running.add(list(pod, apps.get(i), source, infeasible).orElse(nonMissing));
    }
    if (inits.isEmpty()) {
      return running.toList();
    }
    var sidecars = new ResourceSums();
    var peak = new ResourceSums();
    for (int i = 0; i < inits.size(); i++) {
      ContainerResources init = inits.get(i);
      ResourceList list = list(pod, init, source, infeasible).orElse(nonMissing);
      if (init.alwaysRestarts()) {
        running.add(list);
        sidecars.add(list);
      } else {
        peak.maxOfSum(list, sidecars);
      }
    }
    return running.max(peak).toList();
  }

  private static ResourceList orEmpty(ResourceList list) {
    return list.present() ? list : ResourceList.EMPTY;
  }

  private static ResourceList list(
      PodResources pod, ContainerResources container, Source source, boolean infeasible) {
    return switch (source) {
      case SPEC_REQUESTS -> container.requests();
      case SPEC_LIMITS -> container.limits();
      case ALLOCATED_REQUESTS -> {
        ContainerResourceStatus status = pod.status().container(container.name());
        yield allocated(status, infeasible ? ResourceList.EMPTY : container.requests());
      }
      case ACTUATED_REQUESTS -> {
        ContainerResourceStatus status = pod.status().container(container.name());
        Resources actual = status == null ? null : status.resources();
        yield actual != null && actual.requests().present()
            ? actual.requests()
            : allocated(status, infeasible ? ResourceList.EMPTY : container.requests());
      }
      case ACTUATED_LIMITS -> {
        ContainerResourceStatus status = pod.status().container(container.name());
        Resources actual = status == null ? null : status.resources();
        yield actual != null && actual.limits().present()
            ? actual.limits()
            : infeasible ? ResourceList.EMPTY : container.limits();
      }
    };
  }

  private static ResourceList allocated(
      @Nullable ContainerResourceStatus status, ResourceList otherwise) {
    return status != null && status.allocatedResources().present()
        ? status.allocatedResources()
        : otherwise;
  }

  /** every claim counts once for the pod and its overhead once more per container. */
  private static ResourceList plusClaims(
      ResourceList list, PodResources pod, ResourceOptions options) {
    return options.draClaims() ? list.plus(claims(pod)) : list;
  }

  /** a claim widens a limit that is declared; huge pages always. */
  private static ResourceList plusLimitedClaims(
      ResourceList list, PodResources pod, ResourceOptions options) {
    if (!options.draClaims()) {
      return list;
    }
    ResourceList claims = claims(pod);
    var sums = new ResourceSums(list.size() + claims.size()).add(list);
    for (int i = 0; i < claims.size(); i++) {
      String name = claims.name(i);
      if (list.has(name) || ResourceNames.isHugePages(name)) {
        sums.add(name, claims.amount(i));
      }
    }
    return sums.toList();
  }

  private static ResourceList claims(PodResources pod) {
    var sums = new ResourceSums();
    for (NodeAllocatableClaim claim : pod.status().claims()) {
      for (NodeAllocatableClaim.Mapping mapping : claim.mapping()) {
        if (mapping.quantity() != null) {
          sums.add(ResourceNames.canonical(mapping.name()), mapping.quantity());
        }
      }
      for (NodeAllocatableClaim.Overhead overhead : claim.overhead()) {
        sums.add(ResourceNames.canonical(overhead.name()), overhead(overhead, claim.containers()));
      }
    }
    return sums.toList();
  }

  private static Quantity overhead(NodeAllocatableClaim.Overhead overhead, int containers) {
    Quantity sum = overhead.perPod() == null ? Quantity.ZERO : overhead.perPod();
    return overhead.perContainer() == null || containers == 0
        ? sum
        : sum.add(overhead.perContainer().multiply(containers));
  }
}
