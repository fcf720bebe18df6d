package dev.slipway.ops.replay;

import dev.slipway.engine.api.Times;
import java.util.Collection;
import java.util.List;

/**
 * What one variant came to.
 *
 * @param pods in order of their making: those of the input first
 * @param placements pods that got a node, recorded ones too
 * @param attempts to place a pod
 * @param placingNanos wall time spent deciding; never written to a file
 */
record RunResult(
    Scenario scenario,
    List<PodRecord> pods,
    List<NodeBook> nodes,
    long placements,
    long attempts,
    long placingNanos,
    Collection<String> notModelled) {
  RunResult {
    pods = List.copyOf(pods);
    nodes = List.copyOf(nodes);
    notModelled = List.copyOf(notModelled);
  }

  /** Events that reached a rule, of the lives that stand in the result. */
  long events() {
    return pods.stream().mapToLong(pod -> pod.life == null ? 0 : pod.life.events).sum();
  }

  /** The time series. */
  Series series() {
    List<String> resources = scenario.resources();
    long start = scenario.start();
    long end = scenario.end();
    var series = new Series(Columns.count(resources), start, end, Series.step(start, end));
    for (NodeBook node : nodes) {
      series.add(Columns.NODES, start, node.removedAt, 1);
      for (int r = 0; r < resources.size(); r++) {
        series.add(Columns.of(r, Columns.ALLOCATABLE), start, node.removedAt, node.allocatable[r]);
      }
    }
    pods.forEach(pod -> add(pod, series));
    return series;
  }

  private void add(PodRecord pod, Series series) {
    PodRecord.Outcome outcome = pod.outcome;
    if (outcome == null || outcome == PodRecord.Outcome.REFUSED) {
      return;
    }
    LifeLog life = pod.life;
    long from = Math.max(pod.arrival, scenario.start());
    series.add(Columns.PENDING, from, life == null ? pod.endedAt : life.boundAt, 1);
    if (life != null) {
      series.add(Columns.ON_NODES, life.boundAt, life.freedAt, 1);
      amounts(pod, life, series);
      marks(pod, life, series);
    }
  }

  private void amounts(PodRecord pod, LifeLog life, Series series) {
    Footprint footprint = pod.input.footprint();
    for (int r = 0; r < scenario.resources().size(); r++) {
      series.add(
          Columns.of(r, Columns.REQUESTED), life.boundAt, life.freedAt, footprint.requested()[r]);
      series.add(
          Columns.of(r, Columns.INIT_UNUSED),
          life.initializedAt,
          life.freedAt,
          footprint.unusedAfterStart()[r]);
    }
    var usage = pod.input.trace().usage();
    if (usage.milliCpu() >= 0) {
      series.add(Columns.of(0, Columns.USED), life.startedAt, life.freedAt, usage.milliCpu());
    }
    if (usage.memory() >= 0) {
      series.add(Columns.of(1, Columns.USED), life.startedAt, life.freedAt, usage.memory());
    }
  }

  private void marks(PodRecord pod, LifeLog life, Series series) {
    for (int k = 0; k < life.count(); k++) {
      long at = life.time(k);
      switch (life.mark(k)) {
        case STARTED -> running(pod, life.container(k), at, 1, series);
        case RESTARTED -> {
          series.add(Columns.RESTARTS, at, 1);
          running(pod, life.container(k), at, 1, series);
        }
        case EXITED -> running(pod, life.container(k), at, -1, series);
        case READY -> series.add(Columns.READY, at, 1);
        case UNREADY -> series.add(Columns.READY, at, -1);
      }
    }
    if (life.freedAt != Times.NONE) {
      stillUp(pod, life, series);
    }
  }

  private static void running(PodRecord pod, int container, long at, int sign, Series series) {
    long[] amounts = pod.input.footprint().containers()[container];
    for (int r = 0; r < amounts.length; r++) {
      if (amounts[r] != 0) {
        series.add(Columns.of(r, Columns.RUNNING), at, sign * amounts[r]);
      }
    }
  }

  /** Nothing of a pod counts any more once it is off the books. */
  private static void stillUp(PodRecord pod, LifeLog life, Series series) {
    int[] up = new int[pod.input.shape().count];
    boolean ready = false;
    for (int k = 0; k < life.count(); k++) {
      switch (life.mark(k)) {
        case STARTED, RESTARTED -> up[life.container(k)]++;
        case EXITED -> up[life.container(k)]--;
        case READY -> ready = true;
        case UNREADY -> ready = false;
      }
    }
    for (int c = 0; c < up.length; c++) {
      for (int k = 0; k < up[c]; k++) {
        running(pod, c, life.freedAt, -1, series);
      }
    }
    if (ready) {
      series.add(Columns.READY, life.freedAt, -1);
    }
  }
}
