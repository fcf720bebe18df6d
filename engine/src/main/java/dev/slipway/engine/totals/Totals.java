package dev.slipway.engine.totals;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PhaseSplit;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceOptions;
import dev.slipway.engine.resources.UnlimitedResources;
import java.util.List;

/**
 * Live totals of all pods. Belongs to one writer; {@link #image()} hands out what readers may keep.
 *
 * <p>A change of a pod is one delta, old to new, added to the row of each group the pod is in: cost
 * by the pod's own resources, no search, no allocation once groups and columns exist. Sums
 * are exact: cpu in milli, the rest in units, with parts for what is larger or finer.
 */
public final class Totals {
  /** The group of pods without a node. */
  public static final String UNSCHEDULED = "";

  private static final List<String> BOUNDED = List.of("cpu", "memory");

  private final Columns columns = new Columns();
  private final Rows nodes = new Rows();
  private final Rows namespaces = new Rows();
  private final Rows qosClasses = new Rows();
  private final Rows owners = new Rows();
  private final Rows priorities = new Rows();
  private final Rows cluster = new Rows();
  private final Rows quotas = new Rows();
  private final QuotaGroups quotaGroups = new QuotaGroups();
  private final long[] delta = new long[Columns.RESOURCES];

  public Totals() {
    cluster.idOf("");
  }

  /**
   * What a pod of those resources takes on its node: requests, declared limits, what is unbounded,
   * idle init share.
   */
  public Contribution contribution(PodResources pod) {
    var builder =
        new Contribution.Builder(columns)
            .add(
                Columns.Measure.REQUEST,
                EffectiveResources.podRequests(pod, ResourceOptions.SCHEDULER))
            .add(
                Columns.Measure.LIMIT, EffectiveResources.podLimits(pod, ResourceOptions.SCHEDULER))
            .add(Columns.Measure.INIT_RESERVED, PhaseSplit.ofRequests(pod).unusedAfterStart());
    for (String name : BOUNDED) {
      if (UnlimitedResources.isUnlimited(pod, name)) {
        builder.addCount(Columns.Measure.UNLIMITED, name);
      }
    }
    return builder.build();
  }

  /** What a pod of those resources is charged to quotas. */
  public Contribution charge(PodResources pod) {
    ResourceList requests = EffectiveResources.podRequests(pod, ResourceOptions.QUOTA);
    ResourceList limits = EffectiveResources.podLimits(pod, ResourceOptions.QUOTA);
    return new Contribution.Builder(columns)
        .add(Columns.Measure.REQUEST, requests)
        .add(Columns.Measure.LIMIT, limits)
        .build();
  }

  /** Takes a pod in: Pending, not ready, without resources until {@link #update}. */
  public PodEntry add(PodKeys keys, String node) {
    var entry =
        new PodEntry(
            namespaces.idOf(keys.namespace()),
            qosClasses.idOf(keys.qos().text()),
            owners.idOf(keys.namespace() + "/" + keys.owner()),
            priorities.idOf(keys.priorityClass()),
            quotaGroups.idOf(quotas, keys),
            nodes.idOf(node));
    addExistence(entry, 1);
    return entry;
  }

  /**
   * Brings a pod up to date.
   *
   * @param restarts restarts of all its containers so far
   * @param resources what it takes; nothing once it has ended
   * @param charged whether quota counts it
   * @param charge what quotas are charged then
   */
  public void update(
      PodEntry entry,
      PodPhase phase,
      boolean ready,
      long restarts,
      Contribution resources,
      boolean charged,
      Contribution charge) {
    int readyDelta = (ready ? 1 : 0) - (entry.ready ? 1 : 0);
    long restartsDelta = restarts - entry.restarts;
    if (phase != entry.phase || readyDelta != 0 || restartsDelta != 0) {
      addCounts(entry, Columns.phase(entry.phase), Columns.phase(phase), readyDelta, restartsDelta);
      entry.phase = phase;
      entry.ready = ready;
      entry.restarts = restarts;
    }
    if (charged != entry.charged) {
      quotas.change(entry.quota)[Columns.CHARGED] += charged ? 1 : -1;
      entry.charged = charged;
    }
    replace(entry, resources, charged ? charge : Contribution.NONE);
  }

  /** The pod has been given a node, or another one. */
  public void move(PodEntry entry, String node) {
    int to = nodes.idOf(node);
    if (to == entry.node) {
      return;
    }
    addRow(nodes.change(entry.node), entry, -1);
    addRow(nodes.change(to), entry, 1);
    Contribution resources = entry.resources;
    nodes.addSparse(entry.node, resources.places, resources.amounts, -1);
    nodes.addSparse(to, resources.places, resources.amounts, 1);
    entry.node = to;
  }

  /** The pod's object is gone; the entry is of no further use. */
  public void remove(PodEntry entry) {
    if (!entry.present) {
      throw new IllegalStateException("pod was removed from the totals already");
    }
    entry.present = false;
    replace(entry, Contribution.NONE, Contribution.NONE);
    if (entry.charged) {
      quotas.change(entry.quota)[Columns.CHARGED]--;
    }
    addExistence(entry, -1);
  }

  /** The totals as they are now, for any reader. */
  public TotalsImage image() {
    Columns names = columns.snapshot();
    return new TotalsImage(
        names,
        new GroupImages(names, nodes.publishIds(), nodes.publish()),
        new GroupImages(names, namespaces.publishIds(), namespaces.publish()),
        new GroupImages(names, qosClasses.publishIds(), qosClasses.publish()),
        new GroupImages(names, owners.publishIds(), owners.publish()),
        new GroupImages(names, priorities.publishIds(), priorities.publish()),
        new GroupImages(names, cluster.publishIds(), cluster.publish()),
        quotaGroups.image(names, quotas.publish()));
  }

  /** The pod with its counts, resources left out, in every row. */
  private void addExistence(PodEntry entry, int sign) {
    addCounts(nodes.change(entry.node), entry, sign);
    addCounts(namespaces.change(entry.namespace), entry, sign);
    addCounts(qosClasses.change(entry.qos), entry, sign);
    addCounts(owners.change(entry.owner), entry, sign);
    addCounts(priorities.change(entry.priority), entry, sign);
    addCounts(cluster.change(0), entry, sign);
    quotas.change(entry.quota)[Columns.PODS] += sign;
  }

  private static void addCounts(long[] row, PodEntry entry, int sign) {
    row[Columns.PODS] += sign;
    row[Columns.phase(entry.phase)] += sign;
    row[Columns.READY] += entry.ready ? sign : 0;
    row[Columns.RESTARTS] += sign * entry.restarts;
  }

  private static void addRow(long[] row, PodEntry entry, int sign) {
    addCounts(row, entry, sign);
    for (int i = 0; i < Columns.RESOURCES; i++) {
      row[i] += sign * entry.resources.dense[i];
    }
  }

  private void addCounts(PodEntry entry, int from, int to, int ready, long restarts) {
    addCounts(nodes.change(entry.node), from, to, ready, restarts);
    addCounts(namespaces.change(entry.namespace), from, to, ready, restarts);
    addCounts(qosClasses.change(entry.qos), from, to, ready, restarts);
    addCounts(owners.change(entry.owner), from, to, ready, restarts);
    addCounts(priorities.change(entry.priority), from, to, ready, restarts);
    addCounts(cluster.change(0), from, to, ready, restarts);
  }

  private static void addCounts(long[] row, int from, int to, int ready, long restarts) {
    row[from]--;
    row[to]++;
    row[Columns.READY] += ready;
    row[Columns.RESTARTS] += restarts;
  }

  private void replace(PodEntry entry, Contribution resources, Contribution charge) {
    Contribution oldResources = entry.resources;
    if (oldResources != resources) {
      entry.resources = resources;
      difference(oldResources, resources);
      addResources(nodes.change(entry.node), delta);
      addResources(namespaces.change(entry.namespace), delta);
      addResources(qosClasses.change(entry.qos), delta);
      addResources(owners.change(entry.owner), delta);
      addResources(priorities.change(entry.priority), delta);
      addResources(cluster.change(0), delta);
      applySparse(entry, oldResources, -1);
      applySparse(entry, resources, 1);
    }
    Contribution oldCharge = entry.charge;
    if (oldCharge != charge) {
      entry.charge = charge;
      difference(oldCharge, charge);
      addResources(quotas.change(entry.quota), delta);
      quotas.addSparse(entry.quota, oldCharge.places, oldCharge.amounts, -1);
      quotas.addSparse(entry.quota, charge.places, charge.amounts, 1);
    }
  }

  private void difference(Contribution old, Contribution next) {
    for (int i = 0; i < Columns.RESOURCES; i++) {
      delta[i] = next.dense[i] - old.dense[i];
    }
  }

  /** A constant number of steps, so that the compiler unrolls it into vector instructions. */
  private static void addResources(long[] row, long[] delta) {
    for (int i = 0; i < Columns.RESOURCES; i++) {
      row[i] += delta[i];
    }
  }

  private void applySparse(PodEntry entry, Contribution resources, int sign) {
    if (resources.places.length == 0) {
      return;
    }
    nodes.addSparse(entry.node, resources.places, resources.amounts, sign);
    namespaces.addSparse(entry.namespace, resources.places, resources.amounts, sign);
    qosClasses.addSparse(entry.qos, resources.places, resources.amounts, sign);
    owners.addSparse(entry.owner, resources.places, resources.amounts, sign);
    priorities.addSparse(entry.priority, resources.places, resources.amounts, sign);
    cluster.addSparse(0, resources.places, resources.amounts, sign);
  }
}
