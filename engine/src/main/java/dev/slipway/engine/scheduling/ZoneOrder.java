package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which a sampling search looks at nodes: round robin over zones, zones in order of
 * appearance, nodes in order of arrival (K-006; source: {@code backend/cache/node_tree.go}, 1.37).
 */
final class ZoneOrder {
  private static final String REGION = "topology.kubernetes.io/region";
  private static final String ZONE = "topology.kubernetes.io/zone";

  private final NodeTable nodes;
  private long structure = -1;
  private int[] order = new int[0];

  private record Zone(String region, String zone) {}

  ZoneOrder(NodeTable nodes) {
    this.nodes = nodes;
  }

  /** Slots in that order; shared, not to be written. */
  int[] slots() {
    if (structure != nodes.structure()) {
      structure = nodes.structure();
      order = build();
    }
    return order;
  }

  private int[] build() {
    Map<Zone, List<Integer>> zones = new LinkedHashMap<>();
    for (int slot : nodes.order()) {
      Map<String, String> labels = nodes.node(slot).labels();
      Zone zone = new Zone(labels.getOrDefault(REGION, ""), labels.getOrDefault(ZONE, ""));
      zones.computeIfAbsent(zone, _ -> new ArrayList<>()).add(slot);
    }
    int[] slots = new int[nodes.count()];
    int size = 0;
    for (int round = 0; size < slots.length; round++) {
      for (List<Integer> zone : zones.values()) {
        if (round < zone.size()) {
          slots[size++] = zone.get(round);
        }
      }
    }
    return slots;
  }
}
