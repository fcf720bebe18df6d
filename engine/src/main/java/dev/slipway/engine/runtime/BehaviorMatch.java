package dev.slipway.engine.runtime;

import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.OwnerReference;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which pods and containers a behavior rule is about. What is null or empty fits all; texts are
 * patterns in which {@code *} stands for any characters and {@code ?} for one.
 *
 * @param namespace of the pod
 * @param labels the pod has these, values are patterns
 * @param owner kind of the pod's controller: Job, ReplicaSet, ...
 * @param container its name
 * @param image its image
 * @param role what it is to its pod
 */
public record BehaviorMatch(
    @Nullable String namespace,
    Map<String, String> labels,
    @Nullable String owner,
    @Nullable String container,
    @Nullable String image,
    @Nullable ContainerRole role) {
  public static final BehaviorMatch ALL = new BehaviorMatch(null, Map.of(), null, null, null, null);

  public BehaviorMatch {
    labels = Map.copyOf(labels);
  }

  /** Fits the containers of that name in all pods. */
  public static BehaviorMatch container(String name) {
    return new BehaviorMatch(null, Map.of(), null, name, null, null);
  }

  /** Fits the containers of that role in all pods. */
  public static BehaviorMatch role(ContainerRole role) {
    return new BehaviorMatch(null, Map.of(), null, null, null, role);
  }

  /** True if the rule tells containers of one pod apart. */
  public boolean namesContainers() {
    return container != null || image != null || role != null;
  }

  /** True if the pod fits; {@link #fits(ContainerSpec, ContainerRole)} is asked besides. */
  public boolean fits(ObjectMeta pod) {
    return like(namespace, pod.namespace()) && hasLabels(pod) && like(owner, controller(pod));
  }

  /** True if the container of a pod that fits does so too. */
  public boolean fits(ContainerSpec spec, ContainerRole itsRole) {
    return (role == null || role == itsRole)
        && like(container, spec.name())
        && like(image, spec.image());
  }

  private boolean hasLabels(ObjectMeta pod) {
    for (Map.Entry<String, String> label : labels.entrySet()) {
      String value = pod.labels().get(label.getKey());
      if (value == null || !like(label.getValue(), value)) {
        return false;
      }
    }
    return true;
  }

  private static String controller(ObjectMeta pod) {
    for (OwnerReference owner : pod.ownerReferences()) {
      if (owner.controller()) {
        return owner.kind();
      }
    }
    return "";
  }

  private static boolean like(@Nullable String pattern, String text) {
    return pattern == null || like(pattern, 0, text, 0);
  }

  /** Goes back to the last star only: no pattern takes longer than pattern times text. */
  private static boolean like(String pattern, int from, String text, int begin) {
    int p = from;
    int t = begin;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
