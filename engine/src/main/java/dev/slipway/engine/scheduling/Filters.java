package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.List;

/**
 * All filters of one decision in their order (K-010), with nominated pods (K-015). Prepared once
 * for a decision; the preemption of the same decision asks it about nodes with changes.
 */
final class Filters {
  private final Cluster cluster;
  private final NodeTable nodes;
  private final Scratch scratch = new Scratch();
  final SpreadFilter spread;
  final AffinityFilter affinity;
  private Plan plan;
  private SchedulingPod pod;

  Filters(Cluster cluster, Plan first, SchedulingPod pod) {
    this.cluster = cluster;
    this.nodes = cluster.nodes;
    this.plan = first;
    this.pod = pod;
    this.spread = new SpreadFilter(nodes, first.hardSpread);
    this.affinity = new AffinityFilter(cluster, first);
  }

  /** PreFilter: brings the local answers up to date and counts domains. */
  void prepare(Plan newPlan, SchedulingPod newPod) {
    plan = newPlan;
    pod = newPod;
    scratch.reset();
    plan.local.refresh(nodes);
    spread.prepare(plan.hardSpread, scratch);
    affinity.prepare(plan, scratch);
  }

  /**
   * Local answers alone decide: no spread constraint, no affinity term and no nomination counts.
   */
  boolean localOnly() {
    return plan.hardSpread.isEmpty() && affinity.skipped() && cluster.nominations.isEmpty();
  }

  /** Status of a node. */
  int status(int slot) {
    if (!cluster.nominations.isEmpty()) {
      List<SchedulingPod> nominated = nominated(slot);
      if (!nominated.isEmpty()) {
        return statusWithNominated(view(slot), nominated);
      }
    }
    int status = plan.local.status[slot];
    if (status == Statuses.OK && !plan.hardSpread.isEmpty()) {
      status = spread.status(slot, null);
    }
    return status == Statuses.OK && !affinity.skipped() ? affinity.status(slot, null) : status;
  }

  /** Status of a node with changes, nominated pods counted as well (K-015). */
  int statusWithNominated(NodeView view) {
    return statusWithNominated(view, nominated(view.slot));
  }

  private int statusWithNominated(NodeView view, List<SchedulingPod> nominated) {
    if (!nominated.isEmpty()) {
      NodeView with = view.copy();
      for (SchedulingPod other : nominated) {
        with.change(cluster.plans.plan(other.spec()).template, 1, this);
      }
      int status = status(with);
      if (status != Statuses.OK) {
        return status;
      }
    }
    return status(view);
  }

  private List<SchedulingPod> nominated(int slot) {
    List<SchedulingPod> there = cluster.nominations.on(nodes.node(slot).name());
    var counting = new ArrayList<SchedulingPod>();
    for (SchedulingPod other : there) {
      if (other.priority() >= pod.priority() && !other.uid().equals(pod.uid())) {
        counting.add(other);
      }
    }
    return counting;
  }

  private int status(NodeView view) {
    LocalClass local = plan.local;
    int status = plan.statics.status[view.slot];
    if (status == Statuses.OK && !local.ports.isEmpty() && local.conflicts(view.ports())) {
      status = LocalClass.portsTaken();
    }
    if (status == Statuses.OK) {
      status = local.fit(view.slot, nodes, view);
    }
    if (status == Statuses.OK && !plan.hardSpread.isEmpty()) {
      status = spread.status(view.slot, view);
    }
    return status == Statuses.OK && !affinity.skipped() ? affinity.status(view.slot, view) : status;
  }

  /** A view of a node without changes yet. */
  NodeView view(int slot) {
    return new NodeView(slot, plan, this, nodes.ports[slot]);
  }
}
