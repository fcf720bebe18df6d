package dev.slipway.bench;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceStatus;
import dev.slipway.engine.resources.Resources;
import dev.slipway.engine.scheduling.Cluster;
import dev.slipway.engine.scheduling.ControllerRef;
import dev.slipway.engine.scheduling.Decision;
import dev.slipway.engine.scheduling.LabelSelector;
import dev.slipway.engine.scheduling.PodAffinity;
import dev.slipway.engine.scheduling.PodTerm;
import dev.slipway.engine.scheduling.Scheduler;
import dev.slipway.engine.scheduling.SchedulerOptions;
import dev.slipway.engine.scheduling.SchedulingNode;
import dev.slipway.engine.scheduling.SchedulingPod;
import dev.slipway.engine.scheduling.SchedulingSpec;
import dev.slipway.engine.scheduling.SpreadConstraint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A cluster in three zones that is two thirds full, with a stream of pods: each that comes is
 * placed, and the oldest one leaves.
 */
final class PlacementCluster {
  private static final int TEMPLATES = 200;
  private static final int PODS_PER_NODE = 20;
  private static final String HOST = "kubernetes.io/hostname";
  private static final String ZONE = "topology.kubernetes.io/zone";

  /** What the pods ask for besides cpu and memory. */
  enum Kind {
    /** Nothing. */
    SIMPLE,
    /** Nothing, and every pod has labels of its own, as pods of jobs do. */
    UNIQUE,
    /** Owned by a ReplicaSet: the default spread constraints score. */
    OWNED,
    /** A hard constraint over zones and a soft one over nodes. */
    SPREAD,
    /** Required anti-affinity to its own kind on a node, preferred affinity over zones. */
    AFFINITY,
    /** Too large for every node, so that preemption is tried and fails. */
    HOPELESS
  }

  private final Cluster cluster = new Cluster();
  private final Scheduler scheduler;
  private final Kind kind;
  private final List<SchedulingSpec> specs = new ArrayList<>();
  private final ArrayDeque<String> placed = new ArrayDeque<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private final int kept;
  private long count;

  PlacementCluster(int nodes, Kind kind, boolean sampled) {
    this.kind = kind;
    this.kept = nodes * PODS_PER_NODE;
    for (int i = 0; i < nodes; i++) {
      cluster.addNode(node(i));
    }
    for (int i = 0; i < TEMPLATES; i++) {
      specs.add(spec(i, kind));
      cluster.setController("default", owner(i), LabelSelector.of(Map.of("app", "a" + i)));
    }
    scheduler = new Scheduler(cluster, sampled ? SchedulerOptions.SAMPLED : SchedulerOptions.FULL);
    if (kind == Kind.HOPELESS) {
      var filling = new PlacementCluster(0, Kind.SIMPLE, false);
      for (int i = 0; i < kept; i++) {
        cluster.addPod(
            SchedulingPod.of("f" + i, "f" + i, filling.specs.get(i % TEMPLATES)), "n" + i % nodes);
      }
    } else {
      for (int i = 0; i < kept; i++) {
        place();
      }
    }
  }

  private static SchedulingNode node(int i) {
    return SchedulingNode.of(
        "n" + i,
        Map.of(HOST, "n" + i, ZONE, "z" + i % 3),
        amounts(Map.of("cpu", "32", "memory", "128Gi", "pods", "110")));
  }

  private static ResourceList amounts(Map<String, String> texts) {
    var amounts = new HashMap<String, Quantity>();
    texts.forEach((name, text) -> amounts.put(name, Quantity.parse(text)));
    return ResourceList.of(amounts);
  }

  private static ControllerRef owner(int i) {
    return new ControllerRef("apps/v1", "ReplicaSet", "r" + i);
  }

  private static SchedulingSpec spec(int i, Kind kind) {
    String cpu = kind == Kind.HOPELESS ? "31" : (200 + i * 53 % 1600) + "m";
    ResourceList requests = amounts(Map.of("cpu", cpu, "memory", (256 + i * 97 % 4096) + "Mi"));
    var resources =
        new PodResources(
            List.of(),
            List.of(new ContainerResources("c", false, new Resources(requests, requests))),
            null,
            ResourceList.ABSENT,
            ResourceStatus.NONE);
    LabelSelector own = LabelSelector.of(Map.of("app", "a" + i));
    SchedulingSpec.Builder spec =
        SchedulingSpec.builder("default")
            .labels(Map.of("app", "a" + i, "tier", "t" + i % 5))
            .resources(resources)
            .images(List.of("registry.example/app:" + i), 1);
    switch (kind) {
      case OWNED -> spec.controller(owner(i));
      case SPREAD ->
          spec.spread(
              List.of(
                  SpreadConstraint.of(1, ZONE, true, own),
                  SpreadConstraint.of(1, HOST, false, own)));
      case AFFINITY -> {
        var zone =
            new PodTerm.Weighted(
                50, PodTerm.of(ZONE, LabelSelector.of(Map.of("tier", "t" + i % 5))));
        spec.antiAffinity(new PodAffinity(List.of(PodTerm.of(HOST, own)), List.of()))
            .affinity(new PodAffinity(List.of(), List.of(zone)));
      }
      case SIMPLE, UNIQUE, HOPELESS -> {}
    }
    return spec.build();
  }

  /** One decision with what it changes. */
  Decision place() {
    String uid = "p" + count++;
    SchedulingSpec spec = specs.get(random.nextInt(TEMPLATES));
    if (kind == Kind.UNIQUE) {
      spec = spec.toBuilder().labels(Map.of("app", "job", "job-name", uid)).build();
    }
    SchedulingPod pod = SchedulingPod.of(uid, uid, spec);
    Decision decision = scheduler.schedule(pod, count);
    if (decision instanceof Decision.Placed target) {
      cluster.addPod(pod, target.node());
      placed.add(uid);
      if (placed.size() > kept) {
        cluster.removePod(placed.remove());
      }
    }
    return decision;
  }
}
