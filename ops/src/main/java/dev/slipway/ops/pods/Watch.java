package dev.slipway.ops.pods;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes one client waits for. Shards write, the client's thread takes.
 *
 * <p>While the client is still shown what there is, only the latest change of each pod is kept, and
 * dropped when the pod is shown: a client never sees an older state after a newer one. Who is too
 * slow loses everything that waits and is told so.
 */
final class Watch {
  /** Changes that may wait for a client: some megabytes. */
  static final int CHANGES_MAX = 10_000;

  private final PodQuery query;
  private final Map<String, Change> early = new LinkedHashMap<>();
  private List<Change> waiting = new ArrayList<>();
  private boolean listing = true;
  private boolean lost;
  private boolean woken;

  /**
   * One change.
   *
   * @param pod null: the object is gone
   */
  record Change(ObjectMeta meta, @Nullable Pod pod) {}

  Watch(PodQuery query) {
    this.query = query;
  }

  /** True if the client asked for such pods. */
  boolean wants(ObjectMeta meta) {
    return query.matches(meta);
  }

  /** On a shard's thread: a pod changed. */
  synchronized void offer(Change change) {
    if (lost) {
      return;
    }
    if (listing) {
      early.put(change.meta().uid(), change);
    } else {
      waiting.add(change);
    }
    if (early.size() + waiting.size() > CHANGES_MAX) {
      lost = true;
      early.clear();
      waiting = new ArrayList<>();
    }
    notifyAll();
  }

  /** On a shard's thread: the pod is shown as it is now. */
  synchronized void shown(String uid) {
    early.remove(uid);
  }

  /** Everything there was has been shown. */
  synchronized void listed() {
    listing = false;
    waiting.addAll(early.values());
    early.clear();
  }

  /** The client was too slow and has missed changes. */
  synchronized boolean lost() {
    return lost;
  }

  /** Whoever waits looks up. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** What waits, after so many milliseconds at the latest; empty if nothing came. */
  synchronized List<Change> take(long millisMax) throws InterruptedException {
    if (waiting.isEmpty() && !lost && !woken) {
      wait(millisMax);
    }
    List<Change> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }
}
