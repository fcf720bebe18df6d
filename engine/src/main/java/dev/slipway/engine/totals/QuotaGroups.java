package dev.slipway.engine.totals;

import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.QuotaScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pods of a namespace that no quota scope can tell apart share one row. So a pod event touches one
 * row however many quotas there are, and a quota that is made or changed later needs no recount:
 * its usage is the sum of the rows its scopes match.
 */
final class QuotaGroups {
  /** What scopes can see of a pod. */
  record Group(
      String namespace,
      boolean bestEffort,
      String priorityClass,
      boolean hasDeadline,
      boolean crossNamespaceAffinity) {

    boolean matches(List<QuotaScope> scopes) {
      return scopes.stream().allMatch(this::matches);
    }

    private boolean matches(QuotaScope scope) {
      return scope.match(bestEffort, priorityClass, hasDeadline, crossNamespaceAffinity).matches();
    }
  }

  private final Map<Group, Integer> ids = new HashMap<>();
  private final List<Group> groups = new ArrayList<>();

  int idOf(Rows rows, PodKeys keys) {
    var group =
        new Group(
            keys.namespace(),
            keys.qos() == QosClass.BEST_EFFORT,
            keys.priorityClass(),
            keys.hasDeadline(),
            keys.crossNamespaceAffinity());
    Integer known = ids.get(group);
    if (known != null) {
      return known;
    }
    int id = rows.idOf(Integer.toString(groups.size()));
    groups.add(group);
    ids.put(group, id);
    return id;
  }

  QuotaImage image(Columns columns, long[][] rows) {
    return new QuotaImage(columns, List.copyOf(groups), rows);
  }
}
