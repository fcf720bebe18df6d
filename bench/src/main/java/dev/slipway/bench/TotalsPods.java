package dev.slipway.bench;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceStatus;
import dev.slipway.engine.resources.Resources;
import dev.slipway.engine.totals.Contribution;
import dev.slipway.engine.totals.PodEntry;
import dev.slipway.engine.totals.PodKeys;
import dev.slipway.engine.totals.Totals;
import java.util.List;
import java.util.Map;

/**
 * Running and ready pods in totals: 10 of a workload, 50 on a node, 100 namespaces, a thousand
 * templates of different size.
 */
final class TotalsPods {
  private static final int TEMPLATES = 1000;
  private static final int PODS_PER_OWNER = 10;
  private static final int PODS_PER_NODE = 50;
  private static final int NAMESPACES = 100;

  final Totals totals = new Totals();
  final PodEntry[] entries;
  final int[] order;
  private final Contribution[][] sizes = new Contribution[2][TEMPLATES];

  TotalsPods(int pods) {
    for (int i = 0; i < TEMPLATES; i++) {
      sizes[0][i] = totals.contribution(pod(i + 1, i + 1));
      sizes[1][i] = totals.contribution(pod(2 * i + 3, i + 2));
    }
    entries = new PodEntry[pods];
    order = SteadyPods.randomOrder(pods);
    int nodes = Math.max(1, pods / PODS_PER_NODE);
    for (int i = 0; i < pods; i++) {
      int owner = i / PODS_PER_OWNER;
      var keys =
          new PodKeys(
              "ns" + owner % NAMESPACES,
              QosClass.BURSTABLE,
              "ReplicaSet/r" + owner,
              "",
              false,
              false);
      entries[i] = totals.add(keys, "n" + order[i] % nodes);
      totals.update(entries[i], PodPhase.RUNNING, true, 0, contribution(i, 0), true);
    }
    totals.image();
  }

  /** What a pod takes in one of two sizes. */
  Contribution contribution(int pod, int size) {
    return sizes[size][pod / PODS_PER_OWNER % TEMPLATES];
  }

  private static PodResources pod(int cpuMilli, int memoryMebi) {
    ResourceList list =
        ResourceList.of(
            Map.of(
                "cpu", Quantity.ofMilli(cpuMilli),
                "memory", Quantity.ofBytes((long) memoryMebi << 20)));
    var app = new ContainerResources("app", false, new Resources(list, list));
    return new PodResources(
        List.of(), List.of(app), null, ResourceList.ABSENT, ResourceStatus.NONE);
  }
}
