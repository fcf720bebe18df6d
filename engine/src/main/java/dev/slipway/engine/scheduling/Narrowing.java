package dev.slipway.engine.scheduling;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What PreFilter did to the set of nodes (K-009, K-020, K-034).
 *
 * @param names node names that are left, null for all nodes
 * @param failure why the cycle ends at once; empty if it does not
 * @param failedPlugin the plugin that said so, null if it was the intersection
 * @param plugins those that narrowed
 */
record Narrowing(
    @Nullable Set<String> names,
    String failure,
    @Nullable Plugin failedPlugin,
    List<Plugin> plugins) {
  private static final Narrowing ALL = new Narrowing(null, "", null, List.of());

  static Narrowing of(SchedulingSpec spec) {
    boolean byName = !spec.nodeName().isEmpty();
    Set<String> wanted = spec.nodeAffinity().narrowing();
    if (wanted == null) {
      return byName
          ? new Narrowing(Set.of(spec.nodeName()), "", null, List.of(Plugin.NODE_NAME))
          : ALL;
    }
    if (wanted.isEmpty()) {
      List<Plugin> before = byName ? List.of(Plugin.NODE_NAME) : List.of();
      return new Narrowing(Set.of(), "pod affinity terms conflict", Plugin.NODE_AFFINITY, before);
    }
    if (!byName) {
      return new Narrowing(wanted, "", null, List.of(Plugin.NODE_AFFINITY));
    }
    List<Plugin> both = List.of(Plugin.NODE_AFFINITY, Plugin.NODE_NAME);
    Set<String> names = new TreeSet<>(wanted);
    names.retainAll(Set.of(spec.nodeName()));
    String failure =
        names.isEmpty() ? "node(s) didn't satisfy plugin(s) " + list(both) + " simultaneously" : "";
    return new Narrowing(names, failure, null, both);
  }

  boolean failed() {
    return !failure.isEmpty();
  }

  /** Reason of the nodes left out. */
  String absentReason() {
    return "node(s) didn't satisfy plugin(s) " + list(plugins);
  }

  private static String list(List<Plugin> plugins) {
    return plugins.stream().map(Plugin::pluginName).collect(Collectors.joining(" ", "[", "]"));
  }
}
