package dev.slipway.ingest.repair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pods that went lately, oldest first, each with its last version and when it went. */
final class Tombstones {
  private final RepairLimits limits;
  private final LinkedHashMap<String, Tombstone> stones = new LinkedHashMap<>();

  /** What is left of a pod. */
  record Tombstone(long version, long atNanos, long arrivalNanos) {}

  Tombstones(RepairLimits limits) {
    this.limits = limits;
  }

  @Nullable Tombstone get(String identity) {
    return stones.get(identity);
  }

  void put(String identity, Tombstone stone) {
    stones.putLast(identity, stone);
    if (stones.size() > limits.tombstonesMax()) {
      stones.pollFirstEntry();
    }
  }

  void remove(String identity) {
    stones.remove(identity);
  }

  /** Forgets those whose time is over. */
  void expire(long nowNanos) {
    for (Map.Entry<String, Tombstone> oldest = stones.firstEntry();
        oldest != null && nowNanos - oldest.getValue().arrivalNanos >= limits.tombstoneNanos();
        oldest = stones.firstEntry()) {
      stones.pollFirstEntry();
    }
  }

  int size() {
    return stones.size();
  }

  Optional<Track> track(String identity) {
    Tombstone stone = stones.get(identity);
    return stone == null ? Optional.empty() : Optional.of(track(identity, stone));
  }

  /** All of them, oldest first. */
  List<Track> tracks() {
    List<Track> tracks = new ArrayList<>(stones.size());
    stones.forEach((identity, stone) -> tracks.add(track(identity, stone)));
    return tracks;
  }

  private static Track track(String identity, Tombstone stone) {
    return new Track(
        identity, Optional.empty(), stone.version, stone.atNanos, stone.arrivalNanos, List.of());
  }
}
