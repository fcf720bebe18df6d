package dev.slipway.tests.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.scheduling.Cluster;
import dev.slipway.engine.scheduling.Decision;
import dev.slipway.engine.scheduling.Scheduler;
import dev.slipway.engine.scheduling.SchedulerOptions;
import dev.slipway.engine.scheduling.SchedulingPod;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Ties broken by a seed: the same run for the same seed, and always one of the best nodes. */
final class SeedTest {
  private static final int PODS = 300;
  private static final int NODES = 150;

  @Test
  void theSameSeedGivesTheSameNodes() {
    assertThat(run(SchedulerOptions.FULL.withSeed(7)))
        .isEqualTo(run(SchedulerOptions.FULL.withSeed(7)));
    assertThat(run(SchedulerOptions.SAMPLED.withSeed(7)))
        .isEqualTo(run(SchedulerOptions.SAMPLED.withSeed(7)));
  }

  @Test
  void anotherSeedGivesOthers() {
    assertThat(run(SchedulerOptions.FULL.withSeed(7)))
        .isNotEqualTo(run(SchedulerOptions.FULL.withSeed(8)));
  }

  @Test
  void everyDrawnNodeIsOneOfTheBest() {
    var cluster = cluster();
    var source = new RandomCluster(new SplittableRandom(2));
    var scheduler = new Scheduler(cluster, SchedulerOptions.FULL.withSeed(7));
    int placed = 0;
    for (int i = 0; i < PODS; i++) {
      SchedulingPod pod = source.pod();
      var best = scheduler.explain(pod, i).best();
      if (scheduler.schedule(pod, i) instanceof Decision.Placed chosen) {
        assertThat(best).contains(chosen.node());
        cluster.addPod(pod, chosen.node());
        placed++;
      }
    }
    assertThat(placed).isGreaterThan(PODS / 2);
  }

  private static Cluster cluster() {
    var source = new RandomCluster(new SplittableRandom(1));
    var cluster = new Cluster();
    for (int i = 0; i < NODES; i++) {
      cluster.addNode(source.node("n" + i));
    }
    return cluster;
  }

  private static List<Decision> run(SchedulerOptions options) {
    var cluster = cluster();
    var source = new RandomCluster(new SplittableRandom(2));
    var scheduler = new Scheduler(cluster, options);
    List<Decision> decisions = new ArrayList<>();
    for (int i = 0; i < PODS; i++) {
      SchedulingPod pod = source.pod();
      Decision decision = scheduler.schedule(pod, i);
      decisions.add(decision);
      if (decision instanceof Decision.Placed placed) {
        cluster.addPod(pod, placed.node());
      }
    }
    return decisions;
  }
}
