package dev.slipway.engine.totals;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PhaseSplit;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceOptions;
import dev.slipway.engine.resources.UnlimitedResources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Live totals of all pods. Belongs to one writer; {@link #image()} hands out what readers may keep.
 *
 * <p>A change of a pod is one delta, old to new: cost by the pod's own resources, no search, no
 * allocation once groups and columns exist. Sums are exact: cpu in milli, the rest
 * in units, with parts for what is larger or finer.
 */
public final class Totals {
  /*
   * A pod is in seven groups, but a delta is added to two rows only, that of its node and that of its cohort: the pods
   * that share all other groups, mostly those of one workload. Making an image passes what has changed in these rows on
   * to the groups. So it costs by rows changed since the last one, not by pods or events; and, where a group has come or
   * gone, a copy of that grouping's index. With millions of pods a delta costs what its cache misses cost: the entry,
   * some lines of the node's row, some of the cohort's.
   */

  /** The group of pods without a node. */
  public static final String UNSCHEDULED = "";

  private static final List<String> BOUNDED = List.of("cpu", "memory");

  /** Contributions kept to be shared; more than the templates of a large cluster. */
  private static final int SHARED = 1 << 14;

  private final Columns columns = new Columns();
  private final Nodes nodes = new Nodes();
  private final Cohorts cohorts = new Cohorts();
  private final @Nullable Contribution[] shared = new @Nullable Contribution[SHARED];
  private final long[] delta = new long[Columns.AMOUNTS];

  /** Keeps the compiler from leaving out the reads of {@link #fetch}. */
  private long fetched;

  /**
   * What a pod of those resources takes on its node (requests, declared limits, what is unbounded,
   * idle init share) and what quotas are charged for it. Equal ones are mostly the same
   * object.
   */
  public Contribution contribution(PodResources pod) {
    return share(contribution(pod, 1));
  }

  private Contribution contribution(PodResources pod, long times) {
    ResourceList requests = EffectiveResources.podRequests(pod, ResourceOptions.SCHEDULER);
    ResourceList limits = EffectiveResources.podLimits(pod, ResourceOptions.SCHEDULER);
    ResourceList unused = PhaseSplit.ofRequests(pod).unusedAfterStart();
    ResourceList charged = EffectiveResources.podRequests(pod, ResourceOptions.QUOTA);
    ResourceList chargedLimits = EffectiveResources.podLimits(pod, ResourceOptions.QUOTA);
    var builder =
        new Contribution.Builder(columns)
            .add(Columns.Measure.REQUEST, times(requests, times))
            .add(Columns.Measure.LIMIT, times(limits, times))
            .add(Columns.Measure.INIT_RESERVED, times(unused, times));
    for (String name : BOUNDED) {
      if (UnlimitedResources.isUnlimited(pod, name)) {
        builder.addCount(Columns.Measure.UNLIMITED, name, times);
      }
    }
    return builder
        .add(Columns.Measure.CHARGED_REQUEST, times(charged, times))
        .add(Columns.Measure.CHARGED_LIMIT, times(chargedLimits, times))
        .build();
  }

  private static ResourceList times(ResourceList list, long times) {
    return times == 1 ? list : list.map(amount -> amount.multiply(times));
  }

  private Contribution share(Contribution made) {
    int hash = made.hashCode();
    int slot = (hash ^ hash >>> 15) & (SHARED - 1);
    Contribution known = shared[slot];
    if (known != null && known.equals(made)) {
      return known;
    }
    shared[slot] = made;
    return made;
  }

  /** Takes a pod in: Pending, not ready, without resources until {@link #update}. */
  public PodEntry add(PodKeys keys, String node) {
    var entry = new PodEntry(cohorts.idOf(keys), nodes.idOf(node));
    addCounts(nodes.pending, entry.node, entry, 1);
    addCounts(cohorts.pending, entry.cohort, entry, 1);
    return entry;
  }

  /**
   * Takes in that many equal pods at once and for good, in that phase, not charged to quotas: for
   * reports, where a workload may have more replicas than anybody could add one by one.
   */
  public void addMany(PodKeys keys, String node, PodPhase phase, PodResources pod, long count) {
    PodEntry entry = add(keys, node);
    Contribution all = phase.terminal() ? Contribution.NONE : contribution(pod, count);
    update(entry, phase, false, 0, all, false);
    addPods(nodes.pending, entry.node, entry, count - 1);
    addPods(cohorts.pending, entry.cohort, entry, count - 1);
  }

  private static void addPods(Pending rows, int id, PodEntry entry, long more) {
    long[] chunk = rows.chunk(id);
    int offset = Pending.offset(id);
    chunk[offset + Columns.PODS] += more;
    chunk[offset + Columns.FIRST_PHASE + entry.phase] += more;
  }

  /**
   * Brings a pod up to date.
   *
   * @param restarts restarts of all its containers so far
   * @param contribution what it takes and is charged; {@link Contribution#NONE} once it has ended
   * @param charged whether quota counts it; if not, it is not charged
   */
  public void update(
      PodEntry entry,
      PodPhase phase,
      boolean ready,
      long restarts,
      Contribution contribution,
      boolean charged) {
    requirePresent(entry);
    changeCounts(entry, phase, ready, restarts);
    changeAmounts(entry, contribution, charged);
  }

  /**
   * Brings what {@link #update} will touch into the cache, for the pods of the next few events:
   * reads of different pods overlap where updates, one after the other, each wait for their own.
   * Changes nothing; some dozens at a time pay best.
   *
   * @param entries the pods, from place 0 on
   */
  public void fetch(PodEntry[] entries, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += entries[i].node;
    }
    for (int i = 0; i < count; i++) {
      PodEntry entry = entries[i];
      sum += nodes.pending.peek(entry.node) + cohorts.pending.peek(entry.cohort);
    }
    fetched = sum;
  }

  private void changeCounts(PodEntry entry, PodPhase phase, boolean ready, long restarts) {
    int from = Columns.FIRST_PHASE + entry.phase;
    int to = Columns.phase(phase);
    int readyDelta = (ready ? 1 : 0) - (entry.ready ? 1 : 0);
    long restartsDelta = restarts - entry.restarts;
    if (from == to && readyDelta == 0 && restartsDelta == 0) {
      return;
    }
    addCounts(nodes.pending, entry.node, from, to, readyDelta, restartsDelta);
    addCounts(cohorts.pending, entry.cohort, from, to, readyDelta, restartsDelta);
    entry.phase = (byte) phase.ordinal();
    entry.ready = ready;
    entry.restarts = restarts;
  }

  private static void addCounts(Pending rows, int id, int from, int to, int ready, long restarts) {
    long[] chunk = rows.chunk(id);
    int offset = Pending.offset(id);
    rows.mark(id, chunk, offset);
    chunk[offset + from]--;
    chunk[offset + to]++;
    chunk[offset + Columns.READY] += ready;
    chunk[offset + Columns.RESTARTS] += restarts;
  }

  private void changeAmounts(PodEntry entry, Contribution next, boolean charged) {
    Contribution old = entry.contribution;
    if (old == next && entry.charged == charged) {
      return;
    }
    difference(old, entry.charged, next, charged);
    addAmounts(nodes.pending, entry.node, Columns.NODE_AMOUNTS);
    addAmounts(cohorts.pending, entry.cohort, Columns.AMOUNTS);
    if (entry.charged != charged) {
      int offset = Pending.offset(entry.cohort);
      cohorts.pending.chunk(entry.cohort)[offset + Columns.CHARGED] += charged ? 1 : -1;
    }
    if ((old.places.length | next.places.length) != 0) {
      changeWide(entry, old, entry.charged, -1);
      changeWide(entry, next, charged, 1);
    }
    entry.contribution = next;
    entry.charged = charged;
  }

  private void difference(
      Contribution old, boolean wasCharged, Contribution next, boolean charged) {
    for (int i = 0; i < Columns.AMOUNTS; i++) {
      delta[i] = next.dense[i] - old.dense[i];
    }
    if (wasCharged & charged) {
      return;
    }
    for (int i = Columns.NODE_AMOUNTS; i < Columns.AMOUNTS; i++) {
      delta[i] = (charged ? next.dense[i] : 0) - (wasCharged ? old.dense[i] : 0);
    }
  }

  private void addAmounts(Pending rows, int id, int count) {
    long[] chunk = rows.chunk(id);
    int offset = Pending.offset(id);
    rows.mark(id, chunk, offset);
    int first = offset + Columns.FIRST_AMOUNT;
    for (int i = 0; i < count; i++) {
      chunk[first + i] += delta[i];
    }
  }

  private void changeWide(PodEntry entry, Contribution contribution, boolean charged, int sign) {
    int node = contribution.chargesFrom;
    nodes.pending.addWide(entry.node, contribution, node, sign);
    int all = charged ? contribution.places.length : node;
    cohorts.pending.addWide(entry.cohort, contribution, all, sign);
  }

  /** The pod has been given a node, or another one. */
  public void move(PodEntry entry, String node) {
    requirePresent(entry);
    int to = nodes.idOf(node);
    if (to != entry.node) {
      addPod(entry, -1);
      entry.node = to;
      addPod(entry, 1);
    }
  }

  /** The whole pod, on its node. */
  private void addPod(PodEntry entry, int sign) {
    addCounts(nodes.pending, entry.node, entry, sign);
    Contribution contribution = entry.contribution;
    for (int i = 0; i < Columns.NODE_AMOUNTS; i++) {
      delta[i] = sign * contribution.dense[i];
    }
    addAmounts(nodes.pending, entry.node, Columns.NODE_AMOUNTS);
    nodes.pending.addWide(entry.node, contribution, contribution.chargesFrom, sign);
  }

  /** The pod's object is gone; the entry is of no further use. */
  public void remove(PodEntry entry) {
    requirePresent(entry);
    entry.present = false;
    changeAmounts(entry, Contribution.NONE, false);
    addCounts(nodes.pending, entry.node, entry, -1);
    addCounts(cohorts.pending, entry.cohort, entry, -1);
  }

  private static void requirePresent(PodEntry entry) {
    if (!entry.present) {
      throw new IllegalStateException("pod was removed from the totals already");
    }
  }

  /** The pod with its counts, resources left out. */
  private static void addCounts(Pending rows, int id, PodEntry entry, int sign) {
    long[] chunk = rows.chunk(id);
    int offset = Pending.offset(id);
    rows.mark(id, chunk, offset);
    chunk[offset + Columns.PODS] += sign;
    chunk[offset + Columns.FIRST_PHASE + entry.phase] += sign;
    chunk[offset + Columns.READY] += entry.ready ? sign : 0;
    chunk[offset + Columns.RESTARTS] += sign * entry.restarts;
  }

  /** The totals as they are now, for any reader. */
  public TotalsImage image() {
    nodes.fold();
    cohorts.fold();
    Columns names = columns.snapshot();
    return new TotalsImage(
        names,
        new GroupImages(names, nodes.groups.publish()),
        new GroupImages(names, cohorts.namespaces.publish()),
        new GroupImages(names, cohorts.qosClasses.publish()),
        new GroupImages(names, cohorts.owners.publish()),
        new GroupImages(names, cohorts.priorities.publish()),
        new GroupImages(names, cohorts.cluster.publish()),
        new QuotaImage(names, cohorts.quotas.publish()));
  }
}
