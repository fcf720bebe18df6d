package dev.slipway.engine.totals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Pods with the same keys: for life in the same namespace, QoS class, owner, priority class and
 * quota group. Their changes meet in one row and reach those groups when an image is made.
 */
final class Cohorts {
  final Pending pending = new Pending();
  final Groups<String> namespaces = new Groups<>();
  final Groups<String> qosClasses = new Groups<>();
  final Groups<String> owners = new Groups<>();
  final Groups<String> priorities = new Groups<>();
  final Groups<String> cluster = new Groups<>();
  final Groups<QuotaGroup> quotas = new Groups<>();

  /** A cohort's groups and its number of pods as of the last image. */
  private static final class Cohort {
    final PodKeys keys;
    final int namespace;
    final int qos;
    final int owner;
    final int priority;
    final int quota;
    final int cluster;
    long pods;

    Cohort(PodKeys keys, Cohorts all) {
      this.keys = keys;
      namespace = all.namespaces.idOf(keys.namespace());
      qos = all.qosClasses.idOf(keys.qos().text());
      owner = all.owners.idOf(keys.namespace() + "/" + keys.owner());
      priority = all.priorities.idOf(keys.priorityClass());
      quota = all.quotas.idOf(QuotaGroup.of(keys));
      cluster = all.cluster.idOf("");
    }
  }

  private final Map<PodKeys, Integer> ids = new HashMap<>();
  private Cohort[] cohorts = new Cohort[8];

  int idOf(PodKeys keys) {
    Integer known = ids.get(keys);
    if (known != null) {
      return known;
    }
    int id = pending.take();
    if (id >= cohorts.length) {
      cohorts = Arrays.copyOf(cohorts, Math.max(id + 1, cohorts.length * 2));
    }
    cohorts[id] = new Cohort(keys, this);
    ids.put(keys, id);
    return id;
  }

  /** Passes all changes on to the groups and lets go of cohorts without pods. */
  void fold() {
    for (int i = 0; i < pending.markedCount(); i++) {
      int id = pending.marked(i);
      Cohort cohort = cohorts[id];
      namespaces.add(cohort.namespace, pending, id);
      qosClasses.add(cohort.qos, pending, id);
      owners.add(cohort.owner, pending, id);
      priorities.add(cohort.priority, pending, id);
      quotas.add(cohort.quota, pending, id);
      cluster.add(cohort.cluster, pending, id);
      cohort.pods += pending.chunk(id)[Pending.offset(id) + Columns.PODS];
      pending.clear(id);
      if (cohort.pods == 0) {
        drop(id);
      }
    }
    pending.unmarkAll();
  }

  @SuppressWarnings("NullAway") // the place of a free id is not read
  private void drop(int id) {
    ids.remove(cohorts[id].keys);
    cohorts[id] = null;
    pending.release(id);
  }
}
