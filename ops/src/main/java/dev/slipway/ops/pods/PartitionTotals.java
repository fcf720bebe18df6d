package dev.slipway.ops.pods;

import dev.slipway.engine.observe.GroupTotals;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The latest totals of each group in each partition of a feed. Thread safe. */
public final class PartitionTotals {
  private final Map<String, GroupTotals> totals = new ConcurrentHashMap<>();

  /** Counts of a group in a partition as they are now. */
  public void put(int partition, GroupTotals group) {
    totals.put(key(partition, group.group(), group.name()), group);
  }

  /** Nothing of the group is left there. */
  public void remove(int partition, String group, String name) {
    totals.remove(key(partition, group, name));
  }

  /** Whoever has the partition now tells its totals: they must not be summed twice. */
  public void drop(int partition) {
    String prefix = partition + "/";
    totals.keySet().removeIf(key -> key.startsWith(prefix));
  }

  /** Those of all partitions: a group is there once for each. */
  public Collection<GroupTotals> all() {
    return totals.values();
  }

  private static String key(int partition, String group, String name) {
    return partition + "/" + group + "/" + name;
  }
}
