package dev.slipway.tests.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.scheduling.Cluster;
import dev.slipway.engine.scheduling.CycleReport;
import dev.slipway.engine.scheduling.Decision;
import dev.slipway.engine.scheduling.Scheduler;
import dev.slipway.engine.scheduling.SchedulerOptions;
import dev.slipway.engine.scheduling.SchedulingNode;
import dev.slipway.engine.scheduling.SchedulingPod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cluster that has seen a thousand nodes and pods come, change and go answers as one that was
 * built from what is left: counts, kept answers and indexes all agree with a recount from scratch.
 */
final class RecountTest {
  private static final int STEPS = 1000;
  private static final long NOW = 1_000_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aLivedInClusterAnswersAsAFreshOne(long seed) {
    var random = new SplittableRandom(seed);
    var source = new RandomCluster(random);
    var cluster = new Cluster();
    var scheduler = new Scheduler(cluster, SchedulerOptions.FULL);
    Map<String, SchedulingNode> nodes = new LinkedHashMap<>();
    Map<String, Where> pods = new LinkedHashMap<>();
    List<SchedulingPod> known = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      SchedulingPod pod = known.size() > 40 ? known.get(random.nextInt(40)) : source.pod();
      known.add(pod);
      change(random, source, cluster, nodes, pods);
      SchedulingPod next = renamed(pod, "s" + step);
      if (scheduler.schedule(next, NOW) instanceof Decision.Placed placed) {
        cluster.addPod(next, placed.node());
        pods.put(next.uid(), new Where(next, placed.node()));
      }
      if (step % 25 == 0) {
        compare(seed, step, scheduler, nodes, pods, source.pod());
        compare(seed, step, scheduler, nodes, pods, renamed(pod, "again"));
      }
    }
  }

  private record Where(SchedulingPod pod, String node) {}

  private static SchedulingPod renamed(SchedulingPod pod, String uid) {
    return new SchedulingPod(uid, uid, pod.spec(), "", false, false, pod.startTime());
  }

  private static void change(
      SplittableRandom random,
      RandomCluster source,
      Cluster cluster,
      Map<String, SchedulingNode> nodes,
      Map<String, Where> pods) {
    String name = "n" + random.nextInt(20);
    switch (random.nextInt(6)) {
      case 0 -> {
        if (nodes.containsKey(name)) {
          nodes.put(name, source.node(name));
          cluster.updateNode(nodes.get(name));
        } else {
          nodes.put(name, source.node(name));
          cluster.addNode(nodes.get(name));
        }
      }
      case 1 -> {
        if (nodes.size() > 8 && nodes.remove(name) != null) {
          cluster.removeNode(name);
        }
      }
      case 2 -> {
        if (!pods.isEmpty()) {
          Where one = List.copyOf(pods.values()).get(random.nextInt(pods.size()));
          SchedulingPod deleting = one.pod().withDeletion(false);
          pods.remove(one.pod().uid());
          pods.put(deleting.uid(), new Where(deleting, one.node()));
          cluster.updatePod(deleting);
        }
      }
      default -> {
        if (pods.size() > 40) {
          String uid = List.copyOf(pods.keySet()).get(random.nextInt(pods.size()));
          pods.remove(uid);
          cluster.removePod(uid);
        }
      }
    }
  }

  private static void compare(
      long seed,
      int step,
      Scheduler lived,
      Map<String, SchedulingNode> nodes,
      Map<String, Where> pods,
      SchedulingPod pod) {
    if (nodes.isEmpty()) {
      return;
    }
    var fresh = new Cluster();
    nodes.values().forEach(fresh::addNode);
    pods.values().forEach(one -> fresh.addPod(one.pod(), one.node()));
    var other = new Scheduler(fresh, SchedulerOptions.FULL);
    assertThat(facts(lived.explain(pod, NOW)))
        .as("seed %d step %d pod %s", seed, step, pod)
        .isEqualTo(facts(other.explain(pod, NOW)));
  }

  /** Everything but the order of victims of equal importance, which is the order of arrival. */
  private static List<Object> facts(CycleReport report) {
    return List.of(
        report.skipped(),
        List.copyOf(new java.util.TreeSet<>(report.feasible())),
        report.rejected(),
        report.scores(),
        report.best(),
        report.message());
  }
}
