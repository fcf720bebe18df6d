package dev.slipway.ingest.repair;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pods that went lately, oldest first, each with its last version and when it went. */
final class Tombstones {
  private final RepairLimits limits;
  private final Consumer<String> changed;
  private final LinkedHashMap<String, Tombstone> stones = new LinkedHashMap<>();

  /** What is left of a pod. */
  record Tombstone(long version, long atNanos, long arrivalNanos) {}

  Tombstones(RepairLimits limits, Consumer<String> changed) {
    this.limits = limits;
    this.changed = changed;
  }

  @Nullable Tombstone get(String identity) {
    return stones.get(identity);
  }

  void put(String identity, Tombstone stone) {
    stones.putLast(identity, stone);
    changed.accept(identity);
    if (stones.size() > limits.tombstonesMax()) {
      changed.accept(stones.pollFirstEntry().getKey());
    }
  }

  void remove(String identity) {
    if (stones.remove(identity) != null) {
      changed.accept(identity);
    }
  }

  /** Forgets those whose time is over. */
  void expire(long nowNanos) {
    for (Map.Entry<String, Tombstone> oldest = stones.firstEntry();
        oldest != null && nowNanos - oldest.getValue().arrivalNanos >= limits.tombstoneNanos();
        oldest = stones.firstEntry()) {
      changed.accept(oldest.getKey());
      stones.pollFirstEntry();
    }
  }
}
