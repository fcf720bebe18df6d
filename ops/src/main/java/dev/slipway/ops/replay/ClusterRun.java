package dev.slipway.ops.replay;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.KubeletAdmission;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.ingest.trace.TraceNode;
import dev.slipway.ops.replay.Agenda.Entry;
import dev.slipway.ops.replay.Agenda.Kind;
import dev.slipway.ops.replay.PodRecord.Cut;
import dev.slipway.ops.replay.PodRecord.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cluster of one variant, in virtual time: pods arrive, get a node, live there, and leave. What
 * a pod does on its node is a {@link Life}; what the cluster does to it stands here.
 */
final class ClusterRun implements Placer.Decisions {
  /** Told how far the run is; may wait, to slow it down. */
  @FunctionalInterface
  interface Pace {
    Pace NONE = _ -> {};

    void reached(long now);
  }

  private final Scenario scenario;
  private final Lives lives;
  private final Placer placer;
  private final Pace pace;
  private final Agenda agenda = new Agenda();
  private final List<PodRecord> records = new ArrayList<>();
  private final List<NodeBook> nodes = new ArrayList<>();
  private final Map<String, Integer> nodeIndex = new LinkedHashMap<>();
  private final Quotas quotas;
  private final Pressure pressure;
  private long wakeAt = Long.MAX_VALUE;
  private long placements;
  private long placing;

  /** Wall time spent in lives: no decision of the placer. */
  private long living;

  private long now;

  private ClusterRun(Scenario scenario, Lives lives, Placer placer, Pace pace) {
    this.scenario = scenario;
    this.lives = lives;
    this.placer = placer;
    this.pace = pace;
    this.quotas = new Quotas(scenario.quotas());
    this.pressure = new Pressure(agenda);
  }

  /** Runs the scenario to its end. */
  static RunResult run(Scenario scenario, Placer placer, int threads, Pace pace) {
    try (Lives lives = new Lives(scenario, threads)) {
      return new ClusterRun(scenario, lives, placer, pace).run();
    }
  }

  private RunResult run() {
    for (PodInput pod : scenario.pods()) {
      arrange(record(pod));
    }
    for (TraceNode node : scenario.nodes()) {
      nodeIndex.put(node.name(), nodes.size());
      agenda.add(scenario.start(), Kind.NODE_ADDED, nodes.size());
      nodes.add(new NodeBook(node, scenario.resources()));
    }
    for (Scenario.Drain drain : scenario.drains()) {
      Integer node = nodeIndex.get(drain.node());
      if (node != null) {
        agenda.add(drain.at(), Kind.NODE_DRAINED, node);
      }
    }
    while (agenda.next() <= scenario.end()) {
      now = agenda.next();
      pace.reached(now);
      while (agenda.next() == now) {
        handle(agenda.take());
      }
      place();
    }
    records.forEach(this::close);
    return new RunResult(
        scenario, records, nodes, placements, placer.attempts(), placing, placer.notModelled());
  }

  private PodRecord record(PodInput pod) {
    var record = new PodRecord(records.size(), pod);
    records.add(record);
    return record;
  }

  private void arrange(PodRecord pod) {
    agenda.add(Math.max(pod.arrival, scenario.start()), Kind.ARRIVAL, pod.index);
    long deletion = pod.input.trace().deletion();
    if (deletion != Times.NONE) {
      agenda.add(Math.max(deletion, pod.arrival), Kind.DELETION, pod.index);
    }
  }

  private void handle(Entry entry) {
    switch (entry.kind()) {
      case NODE_ADDED -> placer.addNode(nodes.get(entry.index()).node, now);
      case FREED -> freed(records.get(entry.index()), entry.life());
      case NODE_DRAINED -> drain(nodes.get(entry.index()));
      case NODE_REMOVED -> removeIfEmpty(nodes.get(entry.index()));
      case ARRIVAL -> arrive(records.get(entry.index()));
      case DELETION -> delete(records.get(entry.index()));
      case PRESSURE -> evict(nodes.get(entry.index()), entry.index());
      case WAKE -> wakeAt = Long.MAX_VALUE;
    }
  }

  // Pods come and go.

  private void arrive(PodRecord pod) {
    lives.reached(pod.index);
    String refusal = pod.input.refused().isEmpty() ? quotas.admit(pod, now) : pod.input.refused();
    if (!refusal.isEmpty()) {
      pod.outcome = Outcome.REFUSED;
      pod.waitsFor = refusal;
      pod.endedAt = now;
      return;
    }
    String recorded = pod.input.trace().node();
    if (scenario.recorded() && !recorded.isEmpty()) {
      bindRecorded(pod, recorded);
    } else {
      placer.add(pod, now);
    }
  }

  private void bindRecorded(PodRecord pod, String name) {
    Integer index = nodeIndex.get(name);
    NodeBook node = index == null ? null : nodes.get(index);
    if (node == null || node.removed) {
      pod.waitsFor = "its recorded node is not there: " + name;
      return;
    }
    if (!node.boundless()) {
      KubeletAdmission.Answer answer =
          KubeletAdmission.admit(PodResources.of(pod.input.shape().spec), node.usage());
      if (!answer.admit()) {
        pod.outcome = Outcome.FAILED;
        pod.waitsFor = answer.reason();
        pod.endedAt = now;
        quotas.release(pod, now);
        return;
      }
    }
    placer.bound(pod, name, now);
    placed(pod, name);
  }

  private void delete(PodRecord pod) {
    if (pod.outcome == null && pod.life == null) {
      placer.remove(pod, now);
      end(pod, Outcome.DELETED_PENDING);
    } else if (pod.outcome == null) {
      placer.terminating(pod, now);
    }
  }

  private void freed(PodRecord pod, int life) {
    if (pod.lives == life && pod.outcome == null) {
      book(pod).remove(pod);
      placer.remove(pod, now);
      end(pod, outcome(pod));
      removeIfEmpty(book(pod));
    }
  }

  private void end(PodRecord pod, Outcome outcome) {
    pod.outcome = outcome;
    pod.endedAt = now;
    quotas.release(pod, now);
  }

  private static Outcome outcome(PodRecord pod) {
    LifeLog life = pod.life;
    if (life == null) {
      return Outcome.PENDING;
    }
    if (life.freedAt == Times.NONE) {
      return Outcome.RUNNING;
    }
    boolean cutFirst = pod.cut != Cut.NONE && pod.cutAt <= life.freedAt;
    if (cutFirst) {
      return switch (pod.cut) {
        case EVICTED -> Outcome.EVICTED;
        case PREEMPTED -> Outcome.PREEMPTED;
        case DRAINED, NONE -> Outcome.DRAINED;
      };
    }
    PodPhase phase = Life.phase(life);
    boolean deleted = pod.deletion() != Times.NONE && pod.deletion() <= life.freedAt;
    if (deleted) {
      return Outcome.DELETED;
    }
    return phase == PodPhase.SUCCEEDED ? Outcome.SUCCEEDED : Outcome.FAILED;
  }

  private NodeBook book(PodRecord pod) {
    Integer index = nodeIndex.get(pod.node);
    if (index == null) {
      throw new IllegalStateException("pod is on no node: pod=" + pod.input.meta().key());
    }
    return nodes.get(index);
  }

  /** What the run's end finds. */
  private void close(PodRecord pod) {
    if (pod.outcome == null && pod.arrival <= scenario.end()) {
      pod.outcome = pod.life == null ? Outcome.PENDING : Outcome.RUNNING;
    }
  }

  // Placement.

  private void place() {
    long before = System.nanoTime();
    long lived = living;
    placer.run(now, this);
    placing += System.nanoTime() - before - (living - lived);
    long wake = placer.nextWake();
    if (wake < wakeAt && wake != Long.MAX_VALUE) {
      wakeAt = wake;
      agenda.add(Math.max(wake, now), Kind.WAKE, 0);
    }
  }

  @Override
  public void placed(PodRecord pod, String name) {
    placements++;
    pod.node = name;
    pod.waitsFor = "";
    NodeBook node = book(pod);
    node.add(pod);
    node.check();
    live(pod, now);
  }

  /** Runs the pod's life, again if it had one. */
  private void live(PodRecord pod, long boundAt) {
    long before = System.nanoTime();
    LifeLog life = lives.of(pod, boundAt);
    living += System.nanoTime() - before;
    pod.life = life;
    pod.lives++;
    if (life.freedAt != Times.NONE) {
      agenda.add(life.freedAt, Kind.FREED, pod.index, pod.lives);
    }
    pressure.watch(pod, life, book(pod), nodeIndex.getOrDefault(pod.node, 0));
  }

  @Override
  public void waits(PodRecord pod, String why) {
    pod.waitsFor = why;
  }

  @Override
  public void preempt(PodRecord victim, PodRecord by) {
    cut(victim, Cut.PREEMPTED);
  }

  // What cuts a life short.

  private void cut(PodRecord pod, Cut cut) {
    LifeLog life = pod.life;
    long deletion = pod.deletion();
    boolean leaving = deletion != Times.NONE && deletion <= now;
    if (life == null || pod.outcome != null || pod.cut != Cut.NONE || leaving) {
      return;
    }
    pod.cut = cut;
    pod.cutAt = now;
    placer.terminating(pod, now);
    live(pod, life.boundAt);
    replace(pod);
  }

  /** Its controller makes another at once, as a ReplicaSet or Job does. */
  private void replace(PodRecord pod) {
    String owner = pod.input.owner();
    if (!owner.isEmpty() && !owner.equals("DaemonSet") && !owner.equals("Node")) {
      PodInput again = pod.input.replacement(pod.replacements + 1, now);
      PodRecord record = record(again);
      record.replacements = pod.replacements + 1;
      arrange(record);
    }
  }

  private void drain(NodeBook node) {
    node.drained = true;
    placer.cordon(node.node.name(), now);
    for (PodRecord pod : List.copyOf(node.pods)) {
      if (!pod.input.owner().equals("DaemonSet")) {
        cut(pod, Cut.DRAINED);
      }
    }
    removeIfEmpty(node);
  }

  /** A drained node leaves the cluster with its last pod. */
  private void removeIfEmpty(NodeBook node) {
    if (node.drained && !node.removed && node.pods.isEmpty()) {
      node.removed = true;
      node.removedAt = now;
      placer.removeNode(node.node.name(), now);
    }
  }

  private void evict(NodeBook node, int index) {
    PodRecord victim = pressure.victim(node, index, now);
    if (victim != null) {
      cut(victim, Cut.EVICTED);
    }
  }
}
