package dev.slipway.engine.resources;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether a quota's scopes make sense (R-095; source: {@code
 * pkg/apis/core/validation/validation.go}, 1.37).
 */
public final class QuotaValidation {
  private static final Set<String> SCOPES =
      Set.of(
          "Terminating",
          "NotTerminating",
          "BestEffort",
          "NotBestEffort",
          "PriorityClass",
          "CrossNamespacePodAffinity");

  private static final Set<String> COMPUTE =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  /** Standard names that no pod scope goes with; names not standard go with every scope. */
  private static final Set<String> OTHERS =
      Set.of(
          "ephemeral-storage",
          "requests.ephemeral-storage",
          "limits.ephemeral-storage",
          "requests.storage",
          "persistentvolumeclaims",
          "resourcequotas",
          "services",
          "services.nodeports",
          "services.loadbalancers",
          "replicationcontrollers",
          "secrets",
          "configmaps");

  private QuotaValidation() {}

  /** What is wrong with the scopes, empty if nothing is. */
  public static List<String> problems(ResourceQuota quota) {
    var problems = new ArrayList<String>();
    var names = quota.scopes().stream().map(QuotaScope::name).toList();
    for (String scope : names) {
      if (!SCOPES.contains(scope)) {
        problems.add("unsupported scope " + scope);
      }
      for (int i = 0; i < quota.hard().size(); i++) {
        if (!goTogether(scope, quota.hard().name(i))) {
          problems.add("unsupported scope applied to resource: " + scope);
        }
      }
    }
    conflict(problems, names, "BestEffort", "NotBestEffort");
    conflict(problems, names, "Terminating", "NotTerminating");
    return problems.stream().distinct().toList();
  }

  private static boolean goTogether(String scope, String resource) {
    return !(OTHERS.contains(resource)
        || (scope.equals("BestEffort") && COMPUTE.contains(resource)));
  }

  private static void conflict(
      List<String> problems, List<String> names, String one, String other) {
    if (names.contains(one) && names.contains(other)) {
      problems.add("conflicting scopes: " + one + ", " + other);
    }
  }
}
