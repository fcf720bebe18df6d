package dev.slipway.engine.scheduling;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The plugins that can reject a pod or score a node here, filters in the order they are asked
 * (scheduling.md, section 0).
 */
public enum Plugin {
  NODE_NAME("NodeName", 0),
  NODE_UNSCHEDULABLE("NodeUnschedulable", 0),
  TAINT_TOLERATION("TaintToleration", 3),
  NODE_AFFINITY("NodeAffinity", 2),
  NODE_PORTS("NodePorts", 0),
  NODE_RESOURCES_FIT("NodeResourcesFit", 1),
  POD_TOPOLOGY_SPREAD("PodTopologySpread", 2),
  INTER_POD_AFFINITY("InterPodAffinity", 2),
  NODE_RESOURCES_BALANCED_ALLOCATION("NodeResourcesBalancedAllocation", 1),
  IMAGE_LOCALITY("ImageLocality", 1),
  SCHEDULING_GATES("SchedulingGates", 0),
  DEFAULT_PREEMPTION("DefaultPreemption", 0);

  private static final Map<String, Plugin> BY_NAME = new HashMap<>();

  static {
    for (Plugin plugin : values()) {
      BY_NAME.put(plugin.pluginName, plugin);
    }
  }

  private final String pluginName;
  private final int weight;

  Plugin(String pluginName, int weight) {
    this.pluginName = pluginName;
    this.weight = weight;
  }

  /** Kubernetes' name of it. */
  public String pluginName() {
    return pluginName;
  }

  /** What its normalised score counts for in a node's total; 0 if it gives none (K-085). */
  public int weight() {
    return weight;
  }

  /** The plugin of that name, if it is one of these. */
  public static Optional<Plugin> of(String pluginName) {
    return Optional.ofNullable(BY_NAME.get(pluginName));
  }
}
