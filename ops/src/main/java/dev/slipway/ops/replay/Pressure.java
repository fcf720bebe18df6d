package dev.slipway.ops.replay;

import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.Eviction;
import dev.slipway.engine.resources.EvictionRanking;
import dev.slipway.engine.resources.EvictionRanking.Candidate;
import dev.slipway.engine.resources.EvictionRanking.FsUsage;
import dev.slipway.engine.resources.EvictionRanking.Stats;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Want of memory on nodes, where the trace says what pods use: every ten seconds a node whose pods
 * use more than is allocatable evicts the first of the kubelet's order (R-150 to R-156; signal
 * allocatableMemory.available, hard threshold). A pod uses what the trace says from the moment its
 * app containers are up.
 */
final class Pressure {
  /**
   * Pods of this priority and above are critical (PodImportance;
   * scheduling.SystemCriticalPriority).
   */
  private static final int CRITICAL = 2_000_000_000;

  private final Agenda agenda;

  Pressure(Agenda agenda) {
    this.agenda = agenda;
  }

  /** A life began on the node: it may come to use too much. */
  void watch(PodRecord pod, LifeLog life, NodeBook node, int index) {
    if (pod.input.trace().usage().memory() >= 0
        && life.startedAt != Times.NONE
        && pod.cut == PodRecord.Cut.NONE) {
      agenda.add(cycle(life.startedAt), Agenda.Kind.PRESSURE, index);
    }
  }

  /** The first look at or after that time. */
  private static long cycle(long at) {
    return Math.ceilDiv(at, Eviction.CYCLE) * Eviction.CYCLE;
  }

  /** Who has to go now, null if nobody has; a node that is short looks again. */
  @Nullable PodRecord victim(NodeBook node, int index, long now) {
    List<PodRecord> using = new ArrayList<>();
    long used = 0;
    for (PodRecord pod : node.pods) {
      if (uses(pod, now)) {
        using.add(pod);
        used += pod.input.trace().usage().memory();
      }
    }
    long memory = node.node.allocatable().getOrZero(ResourceNames.MEMORY).value();
    if (node.boundless() || used <= memory) {
      return null;
    }
    PodRecord first = first(using);
    if (first != null) {
      agenda.add(now + Eviction.CYCLE, Agenda.Kind.PRESSURE, index);
    }
    return first;
  }

  private static boolean uses(PodRecord pod, long now) {
    LifeLog life = pod.life;
    return life != null
        && pod.input.trace().usage().memory() >= 0
        && life.startedAt != Times.NONE
        && life.startedAt <= now
        && (life.freedAt == Times.NONE || life.freedAt > now);
  }

  private static @Nullable PodRecord first(List<PodRecord> using) {
    Map<String, PodRecord> byName = new HashMap<>();
    List<Candidate> candidates = new ArrayList<>();
    for (PodRecord pod : using) {
      PodSpec spec = pod.input.shape().spec;
      int priority = spec.priority() == null ? 0 : spec.priority();
      if (priority < CRITICAL && pod.cut == PodRecord.Cut.NONE) {
        String name = pod.input.meta().key();
        byName.put(name, pod);
        candidates.add(new Candidate(name, priority, PodResources.of(spec), stats(pod)));
      }
    }
    if (candidates.isEmpty()) {
      return null;
    }
    var order =
        EvictionRanking.order(
            EvictionRanking.Signal.ALLOCATABLE_MEMORY_AVAILABLE,
            EvictionRanking.Layout.SHARED,
            candidates);
    return byName.get(order.getFirst().getFirst().name());
  }

  private static Stats stats(PodRecord pod) {
    return new Stats(
        pod.input.trace().usage().memory(), FsUsage.NONE, FsUsage.NONE, FsUsage.NONE, 0);
  }
}
