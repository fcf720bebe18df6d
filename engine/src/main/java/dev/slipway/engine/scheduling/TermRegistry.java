package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The terms that pods on nodes carry, to be found by the labels of an incoming pod. */
final class TermRegistry {
  /** What a required affinity term of a pod on a node adds ({@code hardPodAffinityWeight}). */
  private static final int HARD_WEIGHT = 1;

  private static final TermCarriers[] NONE = {};

  private final Namespaces namespaces;
  private final Map<TermCarriers.Key, TermCarriers> carriers = new HashMap<>();
  private final PairIndex<TermCarriers> filters = new PairIndex<>();
  private final PairIndex<TermCarriers> scores = new PairIndex<>();

  TermRegistry(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  /** The carriers of all terms of a spec, for one template more. */
  TermCarriers[] acquire(SchedulingSpec spec) {
    if (spec.affinity().isEmpty() && spec.antiAffinity().isEmpty()) {
      return NONE;
    }
    var all = new ArrayList<TermCarriers>();
    for (PodTerm term : spec.antiAffinity().required()) {
      acquire(all, spec, term, true, 0);
    }
    for (PodTerm term : spec.affinity().required()) {
      acquire(all, spec, term, false, HARD_WEIGHT);
    }
    for (PodTerm.Weighted preferred : spec.affinity().preferred()) {
      acquire(all, spec, preferred.term(), false, preferred.weight());
    }
    for (PodTerm.Weighted preferred : spec.antiAffinity().preferred()) {
      acquire(all, spec, preferred.term(), false, -preferred.weight());
    }
    return all.toArray(NONE);
  }

  private void acquire(
      List<TermCarriers> all, SchedulingSpec spec, PodTerm term, boolean filters, int weight) {
    ResolvedTerm resolved = ResolvedTerm.of(term, spec.namespace());
    LabelSelector selector = resolved.selector();
    if (selector == null) {
      return;
    }
    var key = new TermCarriers.Key(resolved, term.topologyKey(), filters, weight);
    TermCarriers known = carriers.get(key);
    if (known == null) {
      known = new TermCarriers(key);
      carriers.put(key, known);
      index(filters).add(selector, known);
    }
    known.references++;
    all.add(known);
  }

  private PairIndex<TermCarriers> index(boolean filters) {
    return filters ? this.filters : scores;
  }

  void release(TermCarriers[] all) {
    for (TermCarriers one : all) {
      one.references--;
      LabelSelector selector = one.key.term().selector();
      if (one.references == 0 && selector != null) {
        carriers.remove(one.key);
        index(one.key.filters()).remove(selector, one);
      }
    }
  }

  /** Adds those carriers on nodes to the list whose term means an incoming pod of that group. */
  void matching(PodGroup group, boolean filters, List<TermCarriers> matching) {
    if (carriers.isEmpty()) {
      return;
    }
    Map<String, String> known = namespaces.labels(group.namespace);
    Map<String, String> namespaceLabels = known == null ? Map.of() : known;
    index(filters)
        .candidates(
            group.labels,
            one -> {
              if (one.counts.size() > 0
                  && one.key.term().matches(group.namespace, namespaceLabels, group.labels)) {
                matching.add(one);
              }
            });
  }
}
