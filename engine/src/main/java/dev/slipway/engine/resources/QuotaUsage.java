package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a pod uses of a quota (rules; source: {@code
 * pkg/quota/v1/evaluator/core/pods.go}, 1.37).
 */
public final class QuotaUsage {
  public static final String COUNT_PODS = "count/pods";

  private static final String REQUESTS = "requests.";
  private static final String LIMITS = "limits.";
  private static final Quantity ONE = Quantity.of(1);

  /**
   * What containers must state if a quota tracks it; a mistake of the reference, kept there for its
   * users.
   */
  private static final Set<String> MANDATORY =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  private static final Set<String> TRACKED =
      Set.of(
          COUNT_PODS,
          "pods",
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage");

  private QuotaUsage() {}

  /** The pod's usage at that time. */
  public static ResourceList of(QuotaPod pod, long now) {
    var usage = new ResourceSums(12).put(COUNT_PODS, ONE);
    if (pod.countedAt(now)) {
      ResourceList requests =
          EffectiveResources.podRequests(pod.resources(), ResourceOptions.QUOTA);
      ResourceList limits = EffectiveResources.podLimits(pod.resources(), ResourceOptions.QUOTA);
      compute(usage, requests, limits);
    }
    return usage.toList();
  }

  /** which names requests and limits are charged to. */
  private static void compute(ResourceSums usage, ResourceList requests, ResourceList limits) {
    usage.put(ResourceNames.PODS, ONE);
    for (int i = 0; i < requests.size(); i++) {
      String name = requests.name(i);
      boolean plain = isCompute(name) || ResourceNames.isHugePages(name);
      if (plain) {
        usage.put(name, requests.amount(i));
      }
      if (plain || ResourceNames.isExtended(name)) {
        usage.put(REQUESTS + name, requests.amount(i));
      }
    }
    for (int i = 0; i < limits.size(); i++) {
      if (isCompute(limits.name(i))) {
        usage.put(LIMITS + limits.name(i), limits.amount(i));
      }
    }
  }

  private static boolean isCompute(String name) {
    return name.equals(ResourceNames.CPU)
        || name.equals(ResourceNames.MEMORY)
        || name.equals(ResourceNames.EPHEMERAL_STORAGE);
  }

  /** Those of a quota's names that pods are charged to, sorted. */
  public static List<String> tracked(ResourceList hard) {
    var names = new TreeSet<String>();
    for (int i = 0; i < hard.size(); i++) {
      if (isTracked(hard.name(i))) {
        names.add(hard.name(i));
      }
    }
    return List.copyOf(names);
  }

  private static boolean isTracked(String name) {
    return TRACKED.contains(name)
        || ResourceNames.isHugePages(name)
        || name.startsWith(REQUESTS + ResourceNames.HUGEPAGES_PREFIX)
        || (name.startsWith(REQUESTS) && !ResourceNames.isNative(name));
  }

  /**
   * What containers leave unsaid although the quota asks for it, empty if nothing.
   *
   * @param tracked names the quota tracks
   */
  public static String missing(PodResources pod, List<String> tracked) {
    if (pod.hasPodLevel()) {
      return "";
    }
    var missing = new TreeMap<String, Set<String>>();
    for (String name : tracked) {
      if (MANDATORY.contains(name)) {
        addMissing(missing, name, pod.containers());
        addMissing(missing, name, pod.initContainers());
      }
    }
    if (missing.isEmpty()) {
      return "";
    }
    var text = new StringBuilder();
    missing.forEach((name, containers) ->
        text.append(text.isEmpty() ? "must specify " : "; ")
            .append(name)
            .append(" for: ")
            .append(String.join(",", containers)));
    return text.toString();
  }

  private static void addMissing(
      TreeMap<String, Set<String>> missing, String name, List<ContainerResources> containers) {
    for (ContainerResources container : containers) {
      boolean said =
          name.startsWith(LIMITS)
              ? container.limits().has(name.substring(LIMITS.length()))
              : container
                  .requests()
                  .has(name.startsWith(REQUESTS) ? name.substring(REQUESTS.length()) : name);
      if (!said) {
        missing.computeIfAbsent(name, any -> new TreeSet<>()).add(container.name());
      }
    }
  }
}
