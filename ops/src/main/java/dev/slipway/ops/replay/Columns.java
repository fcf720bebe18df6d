package dev.slipway.ops.replay;

import dev.slipway.engine.resources.ResourceNames;
import java.util.ArrayList;
import java.util.List;

/** The columns of a run's time series: counts first, then five for each resource. */
final class Columns {
  static final int PENDING = 0;
  static final int ON_NODES = 1;
  static final int READY = 2;
  static final int RESTARTS = 3;
  static final int NODES = 4;
  private static final int COUNTS = 5;

  static final int ALLOCATABLE = 0;
  static final int REQUESTED = 1;
  static final int RUNNING = 2;
  static final int INIT_UNUSED = 3;
  static final int USED = 4;
  private static final int KINDS = 5;

  private static final List<String> COUNT_NAMES =
      List.of("pods_pending", "pods_on_nodes", "pods_ready", "restarts_total", "nodes");
  private static final List<String> KIND_NAMES =
      List.of("allocatable", "requested", "running", "init_unused", "used");

  private Columns() {}

  static int of(int resource, int kind) {
    return COUNTS + resource * KINDS + kind;
  }

  static int count(List<String> resources) {
    return COUNTS + resources.size() * KINDS;
  }

  /** Names of all columns, the unit of an amount in the name. */
  static List<String> names(List<String> resources) {
    List<String> names = new ArrayList<>(COUNT_NAMES);
    for (String resource : resources) {
      for (String kind : KIND_NAMES) {
        names.add(unitName(resource) + "_" + kind);
      }
    }
    return names;
  }

  static String unitName(String resource) {
    return switch (resource) {
      case ResourceNames.CPU -> "cpu_milli";
      case ResourceNames.MEMORY -> "memory_bytes";
      default -> resource.replaceAll("[^A-Za-z0-9]", "_");
    };
  }
}
