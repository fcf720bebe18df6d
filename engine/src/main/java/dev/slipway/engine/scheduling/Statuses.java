package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.List;

/**
 * What a filter said of a node, packed into an int so that thousands can be kept and counted: the
 * plugin, whether preemption could help, and which of the plugin's reasons apply. {@link #OK} is 0.
 */
final class Statuses {
  static final int OK = 0;

  /** Scalars of one pod that have a reason of their own; those beyond share the last. */
  static final int SCALARS_MAX = 22;

  static final int TOO_MANY_PODS = 1;
  static final int CPU = 1 << 1;
  static final int MEMORY = 1 << 2;
  static final int EPHEMERAL_STORAGE = 1 << 3;
  static final int FIRST_SCALAR = 4;

  /** The gate SidecarContainers is off and the pod has a sidecar (L-901). */
  static final int SIDECAR = 1 << (FIRST_SCALAR + SCALARS_MAX);

  static final int SPREAD_SKEW = 1;
  static final int SPREAD_LABEL = 1 << 1;

  static final int AFFINITY = 1;
  static final int ANTI_AFFINITY = 1 << 1;
  static final int EXISTING_ANTI_AFFINITY = 1 << 2;

  private static final int PLUGIN_BITS = 4;
  private static final int PLUGIN_MASK = (1 << PLUGIN_BITS) - 1;
  private static final int UNRESOLVABLE = 1 << PLUGIN_BITS;
  private static final int REASONS = PLUGIN_BITS + 1;

  private Statuses() {}

  /** A rejection; preemption can help unless it is unresolvable. */
  static int of(Plugin plugin, boolean unresolvable, int reasons) {
    return (plugin.ordinal() + 1) | (unresolvable ? UNRESOLVABLE : 0) | (reasons << REASONS);
  }

  static Plugin plugin(int status) {
    return PLUGINS[(status & PLUGIN_MASK) - 1];
  }

  static boolean unresolvable(int status) {
    return (status & UNRESOLVABLE) != 0;
  }

  /** The reasons in words. */
  static List<String> reasons(int status, String[] scalarNames) {
    int reasons = status >>> REASONS;
    return switch (plugin(status)) {
      case NODE_NAME -> List.of("node(s) didn't match the requested node name");
      case NODE_UNSCHEDULABLE -> List.of("node(s) were unschedulable");
      case TAINT_TOLERATION -> List.of("node(s) had untolerated taint(s)");
      case NODE_AFFINITY -> List.of("node(s) didn't match Pod's node affinity/selector");
      case NODE_PORTS -> List.of("node(s) didn't have free ports for the requested pod ports");
      case NODE_RESOURCES_FIT -> shortages(reasons, scalarNames);
      case POD_TOPOLOGY_SPREAD ->
          List.of(
              "node(s) didn't match pod topology spread constraints"
                  + (reasons == SPREAD_LABEL ? " (missing required label)" : ""));
      case INTER_POD_AFFINITY -> List.of(affinity(reasons));
      case NODE_RESOURCES_BALANCED_ALLOCATION,
          IMAGE_LOCALITY,
          SCHEDULING_GATES,
          DEFAULT_PREEMPTION ->
          throw new IllegalStateException("not a filter: " + plugin(status));
    };
  }

  private static String affinity(int reason) {
    return switch (reason) {
      case AFFINITY -> "node(s) didn't match pod affinity rules";
      case ANTI_AFFINITY -> "node(s) didn't match pod anti-affinity rules";
      default -> "node(s) didn't satisfy existing pods anti-affinity rules";
    };
  }

  private static List<String> shortages(int reasons, String[] scalarNames) {
    if ((reasons & SIDECAR) != 0) {
      return List.of(
          "Pod has a restartable init container and the SidecarContainers feature is disabled");
    }
    var texts = new ArrayList<String>();
    if ((reasons & TOO_MANY_PODS) != 0) {
      texts.add("Too many pods");
    }
    if ((reasons & CPU) != 0) {
      texts.add("Insufficient cpu");
    }
    if ((reasons & MEMORY) != 0) {
      texts.add("Insufficient memory");
    }
    if ((reasons & EPHEMERAL_STORAGE) != 0) {
      texts.add("Insufficient ephemeral-storage");
    }
    for (int i = 0; i < Math.min(scalarNames.length, SCALARS_MAX); i++) {
      if ((reasons & (1 << (FIRST_SCALAR + i))) != 0) {
        texts.add("Insufficient " + scalarNames[i]);
      }
    }
    return texts;
  }

  private static final Plugin[] PLUGINS = Plugin.values();
}
