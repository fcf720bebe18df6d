package dev.slipway.engine.scheduling;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one node in the order the reference keeps them: new ones at the end, the last one
 * takes the place of one that leaves ({@code framework/types.go}).
 */
final class PodTable {
  private static final int FIRST_CAPACITY = 8;

  private @Nullable PlacedPod[] pods = new PlacedPod[FIRST_CAPACITY];
  private int size;

  int size() {
    return size;
  }

  PlacedPod get(int index) {
    PlacedPod pod = pods[index];
    if (pod == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return pod;
  }

  void add(PlacedPod pod) {
    if (size == pods.length) {
      pods = Arrays.copyOf(pods, size * 2);
    }
    pod.index = size;
    pods[size++] = pod;
  }

  void remove(PlacedPod pod) {
    size--;
    PlacedPod last = pods[size];
    pods[size] = null;
    if (last != null && last != pod) {
      pods[pod.index] = last;
      last.index = pod.index;
    }
  }
}
