package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pod affinity and anti-affinity terms of one template with the pods they match.
 *
 * @param all pods that match all required affinity terms at once (K-075); null if none can
 * @param affinity required affinity terms
 * @param selfAffine the pod matches all of them itself (K-076)
 * @param anti required anti-affinity terms
 * @param preferred preferred terms of both kinds, weights of anti-affinity negative
 */
record AffinityPlan(
    @Nullable PodMatcher all,
    List<Term> affinity,
    boolean selfAffine,
    List<Term> anti,
    List<Term> preferred) {
  private static final AffinityPlan NONE =
      new AffinityPlan(null, List.of(), false, List.of(), List.of());

  /** One term; the matcher is null if it can match no pod. */
  record Term(ResolvedTerm resolved, @Nullable PodMatcher matcher, Topology topology, int weight) {}

  static AffinityPlan of(SchedulingSpec spec, Cluster cluster) {
    if (spec.affinity().isEmpty() && spec.antiAffinity().isEmpty()) {
      return NONE;
    }
    var affinity = new ArrayList<Term>();
    var anti = new ArrayList<Term>();
    var preferred = new ArrayList<Term>();
    for (PodTerm term : spec.affinity().required()) {
      Topology topology = cluster.nodes.topology(term.topologyKey());
      affinity.add(new Term(ResolvedTerm.of(term, spec.namespace()), null, topology, 0));
    }
    for (PodTerm term : spec.antiAffinity().required()) {
      anti.add(term(spec, term, 0, cluster));
    }
    for (PodTerm.Weighted wish : spec.affinity().preferred()) {
      preferred.add(term(spec, wish.term(), wish.weight(), cluster));
    }
    for (PodTerm.Weighted wish : spec.antiAffinity().preferred()) {
      preferred.add(term(spec, wish.term(), -wish.weight(), cluster));
    }
    List<ResolvedTerm> terms = affinity.stream().map(Term::resolved).toList();
    PodMatcher all = terms.isEmpty() ? null : cluster.groups.matcher(terms);
    boolean selfAffine =
        terms.stream()
            .allMatch(term ->
                term.matches(
                    spec.namespace(), cluster.namespaces.labels(spec.namespace()), spec.labels()));
    return new AffinityPlan(all, affinity, selfAffine, anti, preferred);
  }

  private static Term term(SchedulingSpec spec, PodTerm term, int weight, Cluster cluster) {
    ResolvedTerm resolved = ResolvedTerm.of(term, spec.namespace());
    return new Term(
        resolved,
        cluster.groups.matcher(List.of(resolved)),
        cluster.nodes.topology(term.topologyKey()),
        weight);
  }

  void release(PodGroups groups) {
    groups.release(all);
    anti.forEach(term -> groups.release(term.matcher()));
    preferred.forEach(term -> groups.release(term.matcher()));
  }
}
