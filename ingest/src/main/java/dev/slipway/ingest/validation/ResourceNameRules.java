package dev.slipway.ingest.validation;

import dev.slipway.ingest.defaults.Amounts;
import java.util.Set;

/** Names of resources (rule R-043). */
final class ResourceNameRules {
  private static final Set<String> CONTAINER = Set.of("cpu", "memory", "ephemeral-storage");
  private static final Set<String> COUNTED =
      Set.of(
          "pods",
          "services",
          "replicationcontrollers",
          "resourcequotas",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "services.nodeports",
          "services.loadbalancers");
  private static final Set<String> OTHER_STANDARD =
      Set.of(
          "requests.cpu",
          "requests.memory",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage",
          "storage",
          "requests.storage");

  private ResourceNameRules() {}

  /** Checks the name of an amount of a container; true if it is one at all. */
  static void container(String name, Path path, FieldErrors errors) {
    any(name, path, errors);
    if (!name.contains("/")) {
      if (!CONTAINER.contains(name) && !Amounts.isHugePages(name)) {
        errors.invalid(path, name, "must be a standard resource for containers");
      }
    } else if (!isNative(name) && !isExtended(name)) {
      errors.invalid(path, name, "doesn't follow extended resource name standard");
    }
  }

  static boolean any(String name, Path path, FieldErrors errors) {
    var wrong = Words.qualifiedName(name);
    errors.invalid(path, name, wrong);
    if (wrong.isEmpty() && !name.contains("/") && !isStandard(name)) {
      errors.invalid(path, name, "must be a standard resource type or fully qualified");
      return false;
    }
    return wrong.isEmpty();
  }

  private static boolean isStandard(String name) {
    return CONTAINER.contains(name)
        || COUNTED.contains(name)
        || OTHER_STANDARD.contains(name)
        || Amounts.isHugePages(name)
        || name.startsWith("requests.hugepages-");
  }

  private static boolean isNative(String name) {
    return !name.contains("/") || name.contains("kubernetes.io/");
  }

  static boolean isExtended(String name) {
    return !isNative(name)
        && !name.startsWith("requests.")
        && Words.qualifiedName("requests." + name).isEmpty();
  }

  /** Whether requests may be lower than limits. */
  static boolean overcommits(String name) {
    return isNative(name) && !Amounts.isHugePages(name);
  }

  /** Whether only whole amounts make sense. */
  static boolean isWhole(String name) {
    return COUNTED.contains(name) || isExtended(name);
  }
}
