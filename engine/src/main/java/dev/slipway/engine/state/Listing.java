package dev.slipway.engine.state;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a node that sees its runtime by listing it knows of one pod (container/cache.go, 1.37.2): how
 * old its knowledge is, and what the runtime did since.
 */
public final class Listing {
  /** The node lists the pod whenever something happens in it, and once more for who waits. */
  public final boolean onDemand;

  /** When a listing was made for who waited, last. */
  public long served = Times.NONE;

  /** When the next listing for who waits is made; the one armed last. */
  public long serves = Times.NONE;

  /** When the node last listed the pod and found it changed, or listed it alone. */
  public long at = Times.NONE;

  /** The last listing of the whole runtime that this pod took part in. */
  public long wholeAt = Times.NONE;

  /** The listing of the whole runtime the pod is armed for. */
  public long armed = Times.NONE;

  /** The listing made as the last pass ended serves the worker that already waits for it. */
  public boolean granted;

  /** What the worker that waits has taken up is the end of the pod. */
  public boolean terminates;

  /** What happened between passes and is not listed yet. */
  public final List<PodEvent> unseen = new ArrayList<>(2);

  private int[] changed = new int[4];
  private int count;

  public Listing(boolean onDemand) {
    this.onDemand = onDemand;
  }

  /** Notes that a container's instance (by record id) or a sandbox (negative) changed. */
  public void changed(int key) {
    for (int k = 0; k < count; k++) {
      if (changed[k] == key) {
        return;
      }
    }
    if (count == changed.length) {
      changed = Arrays.copyOf(changed, 2 * count);
    }
    changed[count++] = key;
  }

  /** How many have changed since it was asked last. */
  public int takeChanges() {
    int taken = count;
    count = 0;
    return taken;
  }
}
