package dev.slipway.engine.scheduling;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Images on nodes by name. The size of an image is that of the node the scheduler saw first, for
 * all nodes (K-084; source: {@code backend/cache/cache.go}, 1.37).
 */
final class ImageTable {
  private static final long MIB = 1 << 20;
  private static final long LOW = 23 * MIB;
  private static final long HIGH_EACH = 1000 * MIB;
  private static final long MAX = 100;

  /** Where one image is. */
  private static final class State {
    final long sizeBytes;
    final BitSet slots = new BitSet();
    int nodes;

    State(long sizeBytes) {
      this.sizeBytes = sizeBytes;
    }
  }

  private final Map<String, State> states = new HashMap<>();

  /** Grows with every change that may change a score. */
  private long version;

  long version() {
    return version;
  }

  boolean isEmpty() {
    return states.isEmpty();
  }

  void add(int slot, SchedulingNode node) {
    version++;
    for (NodeImage image : node.images()) {
      for (String name : image.names()) {
        State state = states.computeIfAbsent(name, _ -> new State(image.sizeBytes()));
        if (!state.slots.get(slot)) {
          state.slots.set(slot);
          state.nodes++;
        }
      }
    }
  }

  void remove(int slot, SchedulingNode node) {
    version++;
    for (NodeImage image : node.images()) {
      for (String name : image.names()) {
        State state = states.get(name);
        if (state != null && state.slots.get(slot)) {
          state.slots.clear(slot);
          state.nodes--;
          if (state.nodes == 0) {
            states.remove(name);
          }
        }
      }
    }
  }

  /** Score of a node for a pod with those images (K-082, K-083). */
  int score(int slot, List<String> images, int imageCount, int nodesTotal) {
    long sum = 0;
    for (int i = 0; i < images.size(); i++) {
      @Nullable State state = states.get(images.get(i));
      if (state != null && state.slots.get(slot)) {
        sum += (long) ((double) state.sizeBytes * ((double) state.nodes / nodesTotal));
      }
    }
    long high = HIGH_EACH * imageCount;
    if (sum < LOW) {
      return 0;
    }
    return (int) (MAX * (Math.min(sum, high) - LOW) / (high - LOW));
  }
}
