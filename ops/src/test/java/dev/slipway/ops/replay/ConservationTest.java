package dev.slipway.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.Times;
import dev.slipway.ingest.trace.Trace;
import dev.slipway.ops.replay.PodRecord.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is lost in a run, nothing is there twice, and no node gives more than it has. */
final class ConservationTest {
  @TempDir private Path folder;

  private RunResult run(List<Scenario.Drain> drains) throws IOException {
    return Samples.run(Samples.scenario(Samples.trace(folder, Samples.HOUR), drains), 1);
  }

  private static List<Scenario.Drain> drain() {
    return List.of(new Scenario.Drain("node-1", Samples.minutes(25)));
  }

  @Test
  void everyPodEndsInOneOutcome() throws IOException {
    Trace trace = Samples.trace(folder, Samples.HOUR);
    RunResult run = run(drain());
    long replaced = run.pods().stream().filter(pod -> pod.cut != PodRecord.Cut.NONE).count();
    assertThat(replaced).isPositive();
    assertThat(run.pods()).allSatisfy(pod -> assertThat(pod.outcome).isNotNull());
    assertThat(run.pods().stream().map(pod -> pod.input.meta().uid())).doesNotHaveDuplicates();
    long owned =
        run.pods().stream()
            .filter(pod -> pod.cut != PodRecord.Cut.NONE && !pod.input.owner().isEmpty())
            .count();
    assertThat(run.pods()).hasSize(trace.pods().size() + (int) owned);
    assertThat(run.pods().stream().map(pod -> pod.outcome).distinct())
        .contains(Outcome.SUCCEEDED, Outcome.DELETED, Outcome.RUNNING, Outcome.DRAINED);
    assertThat(run.pods().stream().anyMatch(pod -> pod.life != null && pod.life.restarts > 2))
        .isTrue();
  }

  @Test
  void outcomesAgreeWithTheLives() throws IOException {
    for (PodRecord pod : run(drain()).pods()) {
      LifeLog life = pod.life;
      if (life == null) {
        assertThat(pod.outcome).isIn(Outcome.PENDING, Outcome.DELETED_PENDING, Outcome.REFUSED);
      } else if (pod.outcome == Outcome.RUNNING) {
        assertThat(life.freedAt).isEqualTo(Times.NONE);
      } else {
        assertThat(life.freedAt).isEqualTo(pod.endedAt).isGreaterThanOrEqualTo(life.boundAt);
      }
    }
  }

  @Test
  void nodesNeverGiveMoreThanTheyHave() throws IOException {
    RunResult run = run(drain());
    List<String> resources = run.scenario().resources();
    for (NodeBook node : run.nodes()) {
      for (PodRecord at : run.pods()) {
        LifeLog life = at.life;
        if (life == null || !at.node.equals(node.node.name())) {
          continue;
        }
        long[] sums = new long[resources.size()];
        int count = 0;
        for (PodRecord other : run.pods()) {
          if (other.node.equals(at.node) && isOn(other, life.boundAt)) {
            count++;
            for (int r = 0; r < sums.length; r++) {
              sums[r] += other.input.footprint().requested()[r];
            }
          }
        }
        for (int r = 0; r < sums.length; r++) {
          assertThat(sums[r]).isLessThanOrEqualTo(node.allocatable[r]);
        }
        assertThat((long) count).isLessThanOrEqualTo(node.podsMax);
      }
    }
  }

  /** The sums over time are kept as differences; here they are counted anew at each sample. */
  @Test
  void totalsAreTheRecountAtEachSample() throws IOException {
    RunResult run = run(drain());
    Series series = run.series();
    int columns = Columns.count(run.scenario().resources());
    long peak = 0;
    for (int k = 0; k < series.samples(); k++) {
      long[] counted = recount(run, series.time(k), columns);
      for (int c = 0; c < columns; c++) {
        assertThat(series.values(c)[k])
            .as("%s at %d s", Columns.names(run.scenario().resources()).get(c), series.time(k))
            .isEqualTo(counted[c]);
      }
      peak = Math.max(peak, counted[Columns.PENDING]);
    }
    assertThat(peak).as("some pods wait").isPositive();
  }

  private static boolean isOn(PodRecord pod, long now) {
    LifeLog life = pod.life;
    return life != null
        && life.boundAt <= now
        && (life.freedAt == Times.NONE || life.freedAt > now);
  }

  private static long[] recount(RunResult run, long now, int columns) {
    long[] sums = new long[columns];
    int resources = run.scenario().resources().size();
    for (NodeBook node : run.nodes()) {
      if (node.removedAt == Times.NONE || node.removedAt > now) {
        sums[Columns.NODES]++;
        for (int r = 0; r < resources; r++) {
          sums[Columns.of(r, Columns.ALLOCATABLE)] += node.allocatable[r];
        }
      }
    }
    for (PodRecord pod : run.pods()) {
      LifeLog life = pod.life;
      boolean waits =
          pod.arrival <= now
              && (life == null || life.boundAt > now)
              && (pod.endedAt == Times.NONE || pod.endedAt > now);
      sums[Columns.PENDING] += waits ? 1 : 0;
      sums[Columns.RESTARTS] += restarts(life, now);
      if (life != null && isOn(pod, now)) {
        countOn(pod, life, now, resources, sums);
      }
    }
    return sums;
  }

  private static long restarts(@org.jspecify.annotations.Nullable LifeLog life, long now) {
    long restarts = 0;
    for (int k = 0; life != null && k < life.count(); k++) {
      restarts += life.mark(k) == LifeLog.Mark.RESTARTED && life.time(k) <= now ? 1 : 0;
    }
    return restarts;
  }

  private static void countOn(PodRecord pod, LifeLog life, long now, int resources, long[] sums) {
    sums[Columns.ON_NODES]++;
    Footprint footprint = pod.input.footprint();
    Map<Integer, Boolean> up = new HashMap<>();
    boolean ready = false;
    for (int k = 0; k < life.count() && life.time(k) <= now; k++) {
      switch (life.mark(k)) {
        case STARTED, RESTARTED -> up.put(life.container(k), true);
        case EXITED -> up.put(life.container(k), false);
        case READY -> ready = true;
        case UNREADY -> ready = false;
      }
    }
    sums[Columns.READY] += ready ? 1 : 0;
    for (int r = 0; r < resources; r++) {
      sums[Columns.of(r, Columns.REQUESTED)] += footprint.requested()[r];
      boolean started = life.initializedAt != Times.NONE && life.initializedAt <= now;
      sums[Columns.of(r, Columns.INIT_UNUSED)] += started ? footprint.unusedAfterStart()[r] : 0;
      for (Map.Entry<Integer, Boolean> container : up.entrySet()) {
        sums[Columns.of(r, Columns.RUNNING)] +=
            container.getValue() ? footprint.containers()[container.getKey()][r] : 0;
      }
    }
  }
}
