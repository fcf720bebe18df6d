package dev.slipway.engine.totals;

import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.QuotaScope;
import java.util.List;

/**
 * Pods of a namespace that no quota scope can tell apart. They share one row, so a pod
 * event touches one row however many quotas there are, and a quota that is made or changed later
 * needs no recount: its usage is the sum of the rows its scopes match.
 */
record QuotaGroup(
    String namespace,
    boolean bestEffort,
    String priorityClass,
    boolean hasDeadline,
    boolean crossNamespaceAffinity) {

  static QuotaGroup of(PodKeys keys) {
    return new QuotaGroup(
        keys.namespace(),
        keys.qos() == QosClass.BEST_EFFORT,
        keys.priorityClass(),
        keys.hasDeadline(),
        keys.crossNamespaceAffinity());
  }

  boolean matches(List<QuotaScope> scopes) {
    return scopes.stream().allMatch(this::matches);
  }

  private boolean matches(QuotaScope scope) {
    return scope.match(bestEffort, priorityClass, hasDeadline, crossNamespaceAffinity).matches();
  }
}
