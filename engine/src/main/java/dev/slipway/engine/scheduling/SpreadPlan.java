package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.List;

/**
 * The spread constraints of one template that act together: those that filter, or those that score.
 *
 * @param systemDefault the constraints are the system's, not the pod's (K-072)
 */
record SpreadPlan(List<SpreadRule> rules, SpreadNodes nodes, boolean systemDefault) {
  static SpreadPlan of(
      Template template,
      StaticClass statics,
      List<SpreadConstraint> constraints,
      boolean systemDefault,
      Cluster cluster) {
    SchedulingSpec spec = template.spec;
    var rules = new ArrayList<SpreadRule>();
    for (SpreadConstraint constraint : constraints) {
      LabelSelector selector = constraint.selectorFor(spec.labels());
      PodMatcher matcher =
          selector == null || selector.isEmpty()
              ? null
              : cluster.groups.matcher(List.of(ResolvedTerm.of(spec.namespace(), selector)));
      int self = selector != null && selector.matches(spec.labels()) ? 1 : 0;
      Topology topology = cluster.nodes.topology(constraint.topologyKey());
      rules.add(new SpreadRule(constraint, selector, matcher, topology, self));
    }
    var nodes = new SpreadNodes(statics, !systemDefault, rules.size());
    return new SpreadPlan(rules, nodes, systemDefault);
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  void release(PodGroups groups) {
    rules.forEach(rule -> groups.release(rule.matcher()));
  }
}
