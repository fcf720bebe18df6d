package dev.slipway.ops.replay;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.scheduling.Cluster;
import dev.slipway.engine.scheduling.ClusterEvent;
import dev.slipway.engine.scheduling.Decision;
import dev.slipway.engine.scheduling.PreemptionResult;
import dev.slipway.engine.scheduling.Scheduler;
import dev.slipway.engine.scheduling.SchedulerOptions;
import dev.slipway.engine.scheduling.SchedulingNode;
import dev.slipway.engine.scheduling.SchedulingPod;
import dev.slipway.engine.scheduling.queue.QueuedPod;
import dev.slipway.engine.scheduling.queue.SchedulingQueue;
import dev.slipway.ingest.manifest.FieldProblems;
import dev.slipway.ingest.manifest.SchedulingReader;
import dev.slipway.ingest.trace.TraceNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Places pods as kube-scheduler's default profile does: its queue with back-off, its filters and
 * scores, its sampling of nodes in clusters of a hundred and more, its preemption. A decision takes
 * no time, and ties are broken by the seed.
 */
final class SchedulerPlacer implements Placer {
  private final Cluster cluster = new Cluster();
  private final SchedulingQueue queue = new SchedulingQueue(cluster.nominations());
  private final Scheduler scheduler;
  private final SchedulingViews views = new SchedulingViews();

  /** Pods that wait or are on a node, by uid. */
  private final Map<String, PodRecord> records = new HashMap<>();

  private final Map<String, SchedulingPod> pods = new HashMap<>();
  private long attempts;

  SchedulerPlacer(long seed) {
    scheduler = new Scheduler(cluster, SchedulerOptions.SAMPLED.withSeed(seed));
  }

  @Override
  public void addNode(TraceNode node, long now) {
    queue.advance(now);
    SchedulingNode added = view(node);
    cluster.addNode(added);
    queue.event(new ClusterEvent.NodeAdded(added), now);
  }

  private static SchedulingNode view(TraceNode node) {
    SchedulingNode plain = SchedulingNode.of(node.name(), node.labels(), node.allocatable());
    if (node.object() == null) {
      return plain.withUnschedulable(node.unschedulable());
    }
    SchedulingNode read = SchedulingReader.node(node.object(), FieldProblems.IGNORED);
    return new SchedulingNode(
        node.name(),
        node.labels(),
        read.annotations(),
        read.taints(),
        node.unschedulable(),
        node.allocatable(),
        read.images(),
        read.conditions());
  }

  @Override
  public void cordon(String node, long now) {
    queue.advance(now);
    SchedulingNode old = cluster.node(node);
    if (old != null) {
      SchedulingNode closed = old.withUnschedulable(true);
      cluster.updateNode(closed);
      queue.event(new ClusterEvent.NodeUpdated(old, closed), now);
    }
  }

  @Override
  public void removeNode(String node, long now) {
    queue.advance(now);
    SchedulingNode old = cluster.node(node);
    if (old != null) {
      cluster.removeNode(node);
      queue.event(new ClusterEvent.NodeDeleted(old), now);
    }
  }

  private SchedulingPod know(PodRecord pod) {
    SchedulingPod view = views.pod(pod.input);
    records.put(view.uid(), pod);
    pods.put(view.uid(), view);
    return view;
  }

  @Override
  public void add(PodRecord pod, long now) {
    queue.advance(now);
    queue.add(know(pod), now);
  }

  @Override
  public void bound(PodRecord pod, String node, long now) {
    queue.advance(now);
    assign(know(pod), node, now);
  }

  private void assign(SchedulingPod pod, String node, long now) {
    SchedulingPod assigned = pod.withStartTime(now);
    pods.put(pod.uid(), assigned);
    cluster.addPod(assigned, node);
    queue.event(new ClusterEvent.AssignedPodAdded(assigned), now);
  }

  @Override
  public void terminating(PodRecord pod, long now) {
    terminating(pod.input.meta().uid(), false, now);
  }

  private void terminating(String uid, boolean preempted, long now) {
    queue.advance(now);
    SchedulingPod old = pods.get(uid);
    if (old != null && cluster.nodeOf(uid) != null && !old.deleting()) {
      SchedulingPod deleting = old.withDeletion(preempted);
      pods.put(uid, deleting);
      cluster.updatePod(deleting);
      queue.event(new ClusterEvent.AssignedPodUpdated(old, deleting), now);
    }
  }

  @Override
  public void remove(PodRecord record, long now) {
    queue.advance(now);
    String uid = record.input.meta().uid();
    records.remove(uid);
    SchedulingPod pod = pods.remove(uid);
    if (pod == null) {
      return;
    }
    if (cluster.nodeOf(uid) != null) {
      cluster.removePod(uid);
      queue.event(new ClusterEvent.AssignedPodDeleted(pod), now);
    } else {
      boolean nominated = !cluster.nominations().node(uid).isEmpty();
      queue.delete(pod);
      if (nominated) {
        queue.event(new ClusterEvent.NominatedPodDeleted(pod), now);
      }
    }
  }

  @Override
  public void run(long now, Decisions out) {
    queue.advance(now);
    for (QueuedPod next = queue.pop(); next != null; next = queue.pop()) {
      attempts++;
      SchedulingPod pod = next.pod();
      PodRecord record = record(pod);
      switch (scheduler.schedule(pod, now)) {
        case Decision.Placed placed -> {
          queue.done(next);
          assign(pod, placed.node(), now);
          out.placed(record, placed.node());
        }
        case Decision.Unschedulable no -> {
          out.waits(record, no.message());
          preempt(no.preemption(), record, pod, now, out);
          queue.fail(next, next.latest(), no.plugins(), Set.of(), now);
        }
        case Decision.Failed failed -> {
          out.waits(record, failed.message());
          queue.fail(next, next.latest(), Set.of(), Set.of(), now);
        }
      }
    }
  }

  private PodRecord record(SchedulingPod pod) {
    PodRecord record = records.get(pod.uid());
    if (record == null) {
      throw new IllegalStateException("a pod that is gone is still in the queue: " + pod.key());
    }
    return record;
  }

  private void preempt(
      PreemptionResult result, PodRecord by, SchedulingPod pod, long now, Decisions out) {
    switch (result) {
      case PreemptionResult.None none -> {
        if (none.clearsNomination()) {
          queue.nominate(pod, "");
        }
      }
      case PreemptionResult.Nominated nominated -> {
        queue.nominate(pod, nominated.node());
        nominated.lowerNominations().forEach(other -> queue.nominate(other, ""));
        for (SchedulingPod victim : nominated.victims()) {
          if (!victim.deleting()) {
            PodRecord record = record(victim);
            terminating(victim.uid(), true, now);
            out.preempt(record, by);
          }
        }
      }
    }
  }

  @Override
  public long nextWake() {
    long wake = queue.nextWake();
    return wake == Times.NONE ? Long.MAX_VALUE : wake;
  }

  @Override
  public long attempts() {
    return attempts;
  }

  @Override
  public Collection<String> notModelled() {
    return List.of(
        "of kube-scheduler: volumes, dynamic resources, extenders; default spreading by Services and"
            + " controllers, disruption budgets of victims");
  }
}
