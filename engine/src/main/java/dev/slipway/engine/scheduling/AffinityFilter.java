package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filter of InterPodAffinity for one decision (K-073 to K-079; source: {@code
 * interpodaffinity/filtering.go}, 1.37).
 */
final class AffinityFilter {
  private final Cluster cluster;
  private AffinityPlan plan;
  private Template incoming;
  private final List<TermCarriers> carriers = new ArrayList<>();
  private long[][] affinity = new long[0][];
  private long[][] anti = new long[0][];
  private Topology[] affinityKeys = new Topology[0];
  private Topology[] antiKeys = new Topology[0];
  private long pairs;

  /** Pods on nodes whose anti-affinity means the pod, by topology key of their terms. */
  private final List<Topology> existingKeys = new ArrayList<>();

  private final List<long[]> existing = new ArrayList<>();
  private boolean skipped;

  AffinityFilter(Cluster cluster, Plan first) {
    this.cluster = cluster;
    this.plan = first.affinity;
    this.incoming = first.template;
  }

  /** Counts for a decision. */
  void prepare(Plan newPlan, Scratch scratch) {
    plan = newPlan.affinity;
    incoming = newPlan.template;
    countExisting(scratch);
    skipped = plan.affinity().isEmpty() && plan.anti().isEmpty() && existing.isEmpty();
    if (skipped) {
      return;
    }
    countAffinity(scratch);
    if (anti.length < plan.anti().size()) {
      anti = new long[plan.anti().size()][];
      antiKeys = new Topology[anti.length];
    }
    for (int i = 0; i < plan.anti().size(); i++) {
      AffinityPlan.Term term = plan.anti().get(i);
      antiKeys[i] = term.topology();
      anti[i] = scratch.take(term.topology().domainCount());
      sum(term.matcher(), term.topology(), anti[i]);
    }
  }

  private void countExisting(Scratch scratch) {
    existing.clear();
    existingKeys.clear();
    carriers.clear();
    cluster.terms.matching(incoming.group, true, carriers);
    for (TermCarriers one : carriers) {
      Topology topology = cluster.nodes.topology(one.key.topologyKey());
      int at = existingKeys.indexOf(topology);
      long[] sums = at < 0 ? scratch.take(topology.domainCount()) : existing.get(at);
      if (sum(one.counts, topology, sums) > 0 && at < 0) {
        existingKeys.add(topology);
        existing.add(sums);
      }
    }
  }

  private void countAffinity(Scratch scratch) {
    pairs = 0;
    if (affinity.length < plan.affinity().size()) {
      affinity = new long[plan.affinity().size()][];
      affinityKeys = new Topology[affinity.length];
    }
    for (int i = 0; i < plan.affinity().size(); i++) {
      Topology topology = plan.affinity().get(i).topology();
      affinityKeys[i] = topology;
      affinity[i] = scratch.take(topology.domainCount());
      pairs += sum(plan.all(), topology, affinity[i]);
    }
  }

  private static long sum(@Nullable PodMatcher matcher, Topology topology, long[] sums) {
    long total = 0;
    int groups = matcher == null ? 0 : matcher.size();
    for (int i = 0; i < groups && matcher != null; i++) {
      total += sum(matcher.group(i).alive, topology, sums);
      total += sum(matcher.group(i).terminating, topology, sums);
    }
    return total;
  }

  private static long sum(SparseCounts counts, Topology topology, long[] sums) {
    long total = 0;
    for (int i = 0; i < counts.size(); i++) {
      int domain = topology.domain(counts.slot(i));
      if (domain != Topology.NONE) {
        sums[domain] += counts.count(i);
        total += counts.count(i);
      }
    }
    return total;
  }

  /** The plugin sits this decision out (K-074). */
  boolean skipped() {
    return skipped;
  }

  /** Status of a node as it is, or with changes. */
  int status(int slot, @Nullable NodeView view) {
    int status = affinityStatus(slot, view);
    if (status != Statuses.OK) {
      return status;
    }
    int antiTerms = plan.anti().size();
    for (int i = 0; i < antiTerms; i++) {
      int domain = antiKeys[i].domain(slot);
      if (domain != Topology.NONE && anti[i][domain] + (view == null ? 0 : view.anti[i]) > 0) {
        return Statuses.of(Plugin.INTER_POD_AFFINITY, false, Statuses.ANTI_AFFINITY);
      }
    }
    return existingStatus(slot, view);
  }

  private int affinityStatus(int slot, @Nullable NodeView view) {
    boolean found = true;
    int terms = plan.affinity().size();
    for (int i = 0; i < terms; i++) {
      int domain = affinityKeys[i].domain(slot);
      if (domain == Topology.NONE) {
        return Statuses.of(Plugin.INTER_POD_AFFINITY, true, Statuses.AFFINITY);
      }
      found &= affinity[i][domain] + (view == null ? 0 : view.affinity[i]) > 0;
    }
    if (found) {
      return Statuses.OK;
    }
    boolean first = pairs + (view == null ? 0 : view.affinityPairs) == 0 && plan.selfAffine();
    return first ? Statuses.OK : Statuses.of(Plugin.INTER_POD_AFFINITY, true, Statuses.AFFINITY);
  }

  private int existingStatus(int slot, @Nullable NodeView view) {
    boolean clash = view != null && view.addedExistingAnti(this);
    for (int i = 0; i < existing.size() && !clash; i++) {
      Topology topology = existingKeys.get(i);
      int domain = topology.domain(slot);
      if (domain != Topology.NONE) {
        long change = view == null ? 0 : view.existingAnti(topology);
        clash = existing.get(i)[domain] + change > 0;
      }
    }
    return clash
        ? Statuses.of(Plugin.INTER_POD_AFFINITY, false, Statuses.EXISTING_ANTI_AFFINITY)
        : Statuses.OK;
  }

  /** Whether pods on nodes have such terms about that key; else only the view's changes count. */
  boolean knowsExisting(Topology topology) {
    return existingKeys.contains(topology);
  }

  /** Counts a pod more or less on a node, for one view of it. */
  void change(NodeView view, Template pod, int sign) {
    if (skipped) {
      return;
    }
    if (plan.all() != null && plan.all().matches(pod.group, labelsOf(pod.group))) {
      for (int i = 0; i < plan.affinity().size(); i++) {
        if (plan.affinity().get(i).topology().domain(view.slot) != Topology.NONE) {
          view.affinity[i] += sign;
          view.affinityPairs += sign;
        }
      }
    }
    for (int i = 0; i < plan.anti().size(); i++) {
      AffinityPlan.Term term = plan.anti().get(i);
      if (term.topology().domain(view.slot) != Topology.NONE
          && term.resolved().matches(pod.group.namespace, labelsOf(pod.group), pod.group.labels)) {
        view.anti[i] += sign;
      }
    }
    for (TermCarriers one : pod.carriers) {
      if (one.key.filters() && means(one)) {
        Topology topology = cluster.nodes.topology(one.key.topologyKey());
        if (topology.domain(view.slot) != Topology.NONE) {
          view.changeExistingAnti(topology, sign);
        }
      }
    }
  }

  private @Nullable Map<String, String> labelsOf(PodGroup group) {
    return cluster.namespaces.labels(group.namespace);
  }

  private boolean means(TermCarriers carriers) {
    var known = labelsOf(incoming.group);
    return carriers
        .key
        .term()
        .matches(incoming.group.namespace, known == null ? Map.of() : known, incoming.group.labels);
  }

  int affinityTerms() {
    return plan.affinity().size();
  }

  int antiTerms() {
    return plan.anti().size();
  }
}
