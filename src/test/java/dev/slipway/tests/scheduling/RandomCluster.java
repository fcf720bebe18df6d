package dev.slipway.tests.scheduling;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceStatus;
import dev.slipway.engine.resources.Resources;
import dev.slipway.engine.scheduling.HostPort;
import dev.slipway.engine.scheduling.LabelRequirement;
import dev.slipway.engine.scheduling.LabelSelector;
import dev.slipway.engine.scheduling.NodeAffinity;
import dev.slipway.engine.scheduling.NodeImage;
import dev.slipway.engine.scheduling.NodeSelectorTerm;
import dev.slipway.engine.scheduling.PodAffinity;
import dev.slipway.engine.scheduling.PodTerm;
import dev.slipway.engine.scheduling.SchedulingNode;
import dev.slipway.engine.scheduling.SchedulingPod;
import dev.slipway.engine.scheduling.SchedulingSpec;
import dev.slipway.engine.scheduling.SpreadConstraint;
import dev.slipway.engine.scheduling.Taint;
import dev.slipway.engine.scheduling.Toleration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Nodes and pods drawn from a seed, with few labels and values so that they often meet. An image
 * has one size everywhere: which node's counts is history (K-084).
 */
final class RandomCluster {
  private static final String[] KEYS = {
    "kubernetes.io/hostname", "topology.kubernetes.io/zone", "rack"
  };

  private final SplittableRandom random;
  private int pods;

  RandomCluster(SplittableRandom random) {
    this.random = random;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String pick(String... words) {
    return words[random.nextInt(words.length)];
  }

  SchedulingNode node(String name) {
    Map<String, String> labels = new HashMap<>(Map.of("kubernetes.io/hostname", name));
    if (chance(80)) {
      labels.put("topology.kubernetes.io/zone", pick("a", "b", "c"));
    }
    if (chance(50)) {
      labels.put("rack", pick("1", "2"));
    }
    List<Taint> taints = new ArrayList<>();
    if (chance(15)) {
      String effect = pick("NoSchedule", "PreferNoSchedule", "NoExecute");
      taints.add(new Taint("t", pick("x", "y"), Taint.Effect.of(effect)));
    }
    Map<String, Quantity> amounts = new HashMap<>();
    amounts.put("cpu", Quantity.parse(pick("2", "4", "8")));
    amounts.put("memory", Quantity.parse(pick("4Gi", "8Gi")));
    amounts.put("pods", Quantity.parse(pick("4", "20")));
    if (chance(30)) {
      amounts.put("x.io/gpu", Quantity.parse("2"));
    }
    List<NodeImage> images =
        chance(30) ? List.of(new NodeImage(List.of("img:latest"), 500L << 20)) : List.of();
    return new SchedulingNode(
        name, labels, Map.of(), taints, chance(5), ResourceList.of(amounts), images, Map.of());
  }

  SchedulingPod pod() {
    String name = "p" + pods++;
    SchedulingPod pod = SchedulingPod.of(name, name, spec());
    return chance(10) ? pod.withDeletion(chance(50)) : pod.withStartTime(random.nextInt(1000));
  }

  private SchedulingSpec spec() {
    SchedulingSpec.Builder spec =
        SchedulingSpec.builder(pick("d", "d", "e"))
            .labels(Map.of("app", pick("x", "y", "z")))
            .resources(resources())
            .priority(random.nextInt(3))
            .images(List.of("img"), 1);
    if (chance(30)) {
      spec.tolerations(
          List.of(
              new Toleration(
                  "t", Toleration.Operator.EQUAL, pick("x", "y"), Taint.Effect.NO_SCHEDULE)));
    }
    if (chance(15)) {
      spec.nodeSelector(Map.of("rack", pick("1", "2")));
    }
    if (chance(15)) {
      spec.nodeAffinity(new NodeAffinity(null, List.of(preferred())));
    }
    if (chance(15)) {
      spec.hostPorts(List.of(new HostPort("", "", 80 + random.nextInt(2))));
    }
    if (chance(25)) {
      spec.spread(List.of(constraint(), constraint()));
    }
    if (chance(20)) {
      spec.affinity(affinity());
    }
    if (chance(20)) {
      spec.antiAffinity(affinity());
    }
    return spec.build();
  }

  private PodResources resources() {
    Map<String, Quantity> amounts = new HashMap<>();
    if (chance(90)) {
      amounts.put("cpu", Quantity.parse(pick("100m", "500m", "1", "3")));
    }
    if (chance(90)) {
      amounts.put("memory", Quantity.parse(pick("64Mi", "1Gi", "3Gi")));
    }
    if (chance(10)) {
      amounts.put("x.io/gpu", Quantity.parse("1"));
    }
    var requests = new Resources(ResourceList.of(amounts), ResourceList.ABSENT);
    return new PodResources(
        List.of(),
        List.of(new ContainerResources("c", false, requests)),
        null,
        ResourceList.ABSENT,
        ResourceStatus.NONE);
  }

  private NodeAffinity.Preferred preferred() {
    var zone =
        new LabelRequirement(
            "topology.kubernetes.io/zone", LabelRequirement.Operator.IN, List.of(pick("a", "b")));
    return new NodeAffinity.Preferred(
        1 + random.nextInt(9), new NodeSelectorTerm(List.of(zone), List.of()));
  }

  private SpreadConstraint constraint() {
    return SpreadConstraint.of(1 + random.nextInt(2), pick(KEYS), chance(50), selector());
  }

  private LabelSelector selector() {
    return LabelSelector.of(Map.of("app", pick("x", "y", "z")));
  }

  private PodAffinity affinity() {
    PodTerm term = new PodTerm(pick(KEYS), selector(), chance(30) ? List.of("e") : List.of(), null);
    return chance(40)
        ? new PodAffinity(List.of(term), List.of())
        : new PodAffinity(List.of(), List.of(new PodTerm.Weighted(1 + random.nextInt(9), term)));
  }
}
