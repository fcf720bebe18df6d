package dev.slipway.engine.state;

import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a node that sees its runtime by listing it knows of one pod (container/cache.go, 1.37.2):
 * how old its knowledge is, what the runtime did since, and the listings to come.
 */
public final class Listing {
  /** What a listing is made for. Of two at one instant the first one named here comes first. */
  public enum Cause {
    /** The whole runtime is listed, as in every period. */
    WHOLE,
    /** Something happened in the pod. */
    CHANGED,
    /** The pod's worker waits. */
    WAITED
  }

  private static final Cause[] CAUSES = Cause.values();

  /**
   * Most listings to come for one pod: each start in the idle loop (P-019) may add one that is
   * renewed every period, and a pod may run for ever.
   */
  private static final int MOST_COMING = 64;

  /** The node lists the pod whenever something happens in it, and once a period for who waits. */
  public final boolean onDemand;

  /** When the pod was listed last, alone or with all others. */
  public long at = Times.NONE;

  /** When the whole runtime was listed last, as far as it concerned this pod. */
  public long wholeAt = Times.NONE;

  /** When the pod was last listed because its worker waited. */
  public long waitedAt = Times.NONE;

  /** The listing made as the last pass ended serves the worker that already waits for it. */
  public boolean granted;

  /** What the worker that waits has taken up is the end of the pod. */
  public boolean terminates;

  /** Something that asks for a pass has happened and is not listed yet. */
  public boolean changed;

  /** A death is not listed yet. */
  public boolean died;

  /** The deadline that is in force. */
  public int generation;

  /** What happened between passes and is not listed yet. */
  public final List<RuntimeReport> unseen = new ArrayList<>(2);

  private long[] times = new long[4];
  private byte[] causes = new byte[4];
  private int coming;

  public Listing(boolean onDemand) {
    this.onDemand = onDemand;
  }

  /** Whether anything has changed since it was asked last. */
  public boolean takeChanged() {
    boolean any = changed;
    changed = false;
    return any;
  }

  /** True if a listing of that cause is to come. */
  public boolean comes(Cause cause) {
    for (int k = 0; k < coming; k++) {
      if (causes[k] == cause.ordinal()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds a listing to come, once; true if it is the next one. Those for who waits are bounded: the
   * next listing of the whole runtime serves too.
   */
  public boolean add(Cause cause, long time) {
    if (cause == Cause.WAITED && coming >= MOST_COMING) {
      return false;
    }
    int k = coming;
    while (k > 0 && before(time, cause, k - 1)) {
      k--;
    }
    if (k > 0 && times[k - 1] == time && causes[k - 1] == cause.ordinal()) {
      return false;
    }
    if (coming == times.length) {
      times = Arrays.copyOf(times, 2 * coming);
      causes = Arrays.copyOf(causes, 2 * coming);
    }
    System.arraycopy(times, k, times, k + 1, coming - k);
    System.arraycopy(causes, k, causes, k + 1, coming - k);
    times[k] = time;
    causes[k] = (byte) cause.ordinal();
    coming++;
    return k == 0;
  }

  private boolean before(long time, Cause cause, int k) {
    return time < times[k] || (time == times[k] && cause.ordinal() < causes[k]);
  }

  /** When the next listing comes, {@link Times#NONE} if none does. */
  public long nextAt() {
    return coming == 0 ? Times.NONE : times[0];
  }

  /** Takes the next listing; there must be one. */
  public Cause take() {
    Cause cause = CAUSES[causes[0]];
    coming--;
    System.arraycopy(times, 1, times, 0, coming);
    System.arraycopy(causes, 1, causes, 0, coming);
    return cause;
  }
}
