package dev.slipway.engine.totals;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PhaseSplit;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceOptions;
import dev.slipway.engine.resources.UnlimitedResources;
import java.util.Arrays;
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
  private final long[] delta = new long[Columns.DENSE];
  private final long[] chargeDelta = new long[Columns.DENSE];

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
    clearDeltas();
    delta[Columns.PODS] = 1;
    delta[Columns.phase(entry.phase)] = 1;
    chargeDelta[Columns.PODS] = 1;
    applyDense(entry, Columns.COUNTS);
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
    clearDeltas();
    delta[Columns.phase(entry.phase)]--;
    delta[Columns.phase(phase)]++;
    delta[Columns.READY] = (ready ? 1 : 0) - (entry.ready ? 1 : 0);
    delta[Columns.RESTARTS] = restarts - entry.restarts;
    chargeDelta[Columns.CHARGED] = (charged ? 1 : 0) - (entry.charged ? 1 : 0);
    entry.phase = phase;
    entry.ready = ready;
    entry.restarts = restarts;
    entry.charged = charged;
    replace(entry, resources, charged ? charge : Contribution.NONE);
  }

  /** The pod has been given a node, or another one. */
  public void move(PodEntry entry, String node) {
    int to = nodes.idOf(node);
    if (to == entry.node) {
      return;
    }
    long[] from = nodes.change(entry.node);
    long[] into = nodes.change(to);
    whole(entry, delta);
    for (int i = 0; i < Columns.DENSE; i++) {
      from[i] -= delta[i];
      into[i] += delta[i];
    }
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
    clearDeltas();
    delta[Columns.PODS] = -1;
    delta[Columns.phase(entry.phase)] = -1;
    delta[Columns.READY] = entry.ready ? -1 : 0;
    delta[Columns.RESTARTS] = -entry.restarts;
    chargeDelta[Columns.PODS] = -1;
    chargeDelta[Columns.CHARGED] = entry.charged ? -1 : 0;
    replace(entry, Contribution.NONE, Contribution.NONE);
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

  private void clearDeltas() {
    Arrays.fill(delta, 0);
    Arrays.fill(chargeDelta, 0);
  }

  /** Changes the resources of a pod, on top of the counts already in the deltas. */
  private void replace(PodEntry entry, Contribution resources, Contribution charge) {
    Contribution oldResources = entry.resources;
    Contribution oldCharge = entry.charge;
    entry.resources = resources;
    entry.charge = charge;
    if (oldResources == resources && oldCharge == charge) {
      applyDense(entry, Columns.COUNTS);
      return;
    }
    for (int i = Columns.COUNTS; i < Columns.DENSE; i++) {
      delta[i] = resources.dense[i] - oldResources.dense[i];
      chargeDelta[i] = charge.dense[i] - oldCharge.dense[i];
    }
    applyDense(entry, Columns.DENSE);
    if (oldResources != resources) {
      applySparse(entry, oldResources, -1);
      applySparse(entry, resources, 1);
    }
    if (oldCharge != charge) {
      quotas.addSparse(entry.quota, oldCharge.places, oldCharge.amounts, -1);
      quotas.addSparse(entry.quota, charge.places, charge.amounts, 1);
    }
  }

  private void applyDense(PodEntry entry, int length) {
    addDense(nodes.change(entry.node), delta, length);
    addDense(namespaces.change(entry.namespace), delta, length);
    addDense(qosClasses.change(entry.qos), delta, length);
    addDense(owners.change(entry.owner), delta, length);
    addDense(priorities.change(entry.priority), delta, length);
    addDense(cluster.change(0), delta, length);
    addDense(quotas.change(entry.quota), chargeDelta, length);
  }

  private static void addDense(long[] row, long[] delta, int length) {
    for (int i = 0; i < length; i++) {
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

  private static void whole(PodEntry entry, long[] into) {
    Arrays.fill(into, 0);
    into[Columns.PODS] = 1;
    into[Columns.phase(entry.phase)] = 1;
    into[Columns.READY] = entry.ready ? 1 : 0;
    into[Columns.RESTARTS] = entry.restarts;
    System.arraycopy(
        entry.resources.dense,
        Columns.COUNTS,
        into,
        Columns.COUNTS,
        Columns.DENSE - Columns.COUNTS);
  }
}
