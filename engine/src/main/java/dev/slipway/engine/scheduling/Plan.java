package dev.slipway.engine.scheduling;

import java.util.List;

/**
 * What is needed to decide for pods of one template, made once: its class of local answers, the
 * narrowing of the nodes, its spread constraints and affinity terms.
 */
final class Plan {
  final Template template;
  final LocalClass local;
  final StaticClass statics;
  final Narrowing narrowing;
  final SpreadPlan hardSpread;
  final AffinityPlan affinity;
  private SpreadPlan softSpread;
  private long workloadsVersion;

  Plan(Template template, LocalClass local, Cluster cluster) {
    this.template = template;
    this.local = local;
    this.statics = local.statics;
    this.narrowing = Narrowing.of(template.spec);
    List<SpreadConstraint> hard =
        template.spec.spread().stream().filter(SpreadConstraint::hard).toList();
    this.hardSpread = SpreadPlan.of(template, statics, hard, false, cluster);
    this.affinity = AffinityPlan.of(template.spec, cluster);
    this.softSpread = newSoftSpread(cluster);
    this.workloadsVersion = cluster.workloads.version();
  }

  private SpreadPlan newSoftSpread(Cluster cluster) {
    List<SpreadConstraint> own = template.spec.spread();
    if (!own.isEmpty()) {
      List<SpreadConstraint> soft = own.stream().filter(one -> !one.hard()).toList();
      return SpreadPlan.of(template, statics, soft, false, cluster);
    }
    List<SpreadConstraint> defaults = cluster.workloads.defaultConstraints(template.spec);
    return SpreadPlan.of(template, statics, defaults, true, cluster);
  }

  /** The constraints that score: the pod's own or, if it has none of any kind, the default ones. */
  SpreadPlan softSpread(Cluster cluster) {
    boolean defaulted = template.spec.spread().isEmpty();
    if (defaulted && workloadsVersion != cluster.workloads.version()) {
      SpreadPlan old = softSpread;
      softSpread = newSoftSpread(cluster);
      old.release(cluster.groups);
      workloadsVersion = cluster.workloads.version();
    }
    return softSpread;
  }

  void release(PodGroups groups) {
    hardSpread.release(groups);
    softSpread.release(groups);
    affinity.release(groups);
  }
}
