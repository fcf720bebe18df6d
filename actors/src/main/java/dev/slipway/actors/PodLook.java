package dev.slipway.actors;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A look at pods of one shard, in slices between the shard's other work: a million pods do not hold
 * up its deadlines. Each pod is seen once, as it is when its slice comes; one that has come since
 * the first slice is not seen, one that has gone is not seen either.
 */
final class PodLook {
  /**
   * Some ten microseconds each at most: a slice stays far below the lateness deadlines may have.
   */
  private static final int SLICE = 512;

  private final PodVisitor visitor;

  /** Whom to look at; null: everybody. */
  private final @Nullable List<String> uids;

  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private PodPost @Nullable [] posts;
  private int next;

  private PodLook(@Nullable List<String> uids, PodVisitor visitor) {
    this.uids = uids;
    this.visitor = visitor;
  }

  /** At every pod of the shard. */
  static PodLook atAll(PodVisitor visitor) {
    return new PodLook(null, visitor);
  }

  /** At those pods, in that order. */
  static PodLook at(List<String> uids, PodVisitor visitor) {
    return new PodLook(uids, visitor);
  }

  /** Completed on the shard's thread; what the visitor wrote is seen by who waits for it. */
  CompletableFuture<Void> done() {
    return done;
  }

  /** Goes on with the next slice; true if there is another one. */
  boolean slice(ShardScope shard) {
    try {
      boolean more = uids == null ? sliceOfAll(shard) : sliceOf(uids, shard);
      if (!more) {
        done.complete(null);
      }
      return more;
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
      return false;
    }
  }

  private boolean sliceOfAll(ShardScope shard) {
    PodPost[] all = posts;
    if (all == null) {
      all = shard.pods().values().toArray(PodPost[]::new);
      posts = all;
    }
    int end = Math.min(all.length, next + SLICE);
    for (; next < end; next++) {
      PodPost post = all[next];
      if (!post.removed) {
        visitor.pod(post.row, post.stateOrNull());
      }
    }
    return next < all.length;
  }

  private boolean sliceOf(List<String> wanted, ShardScope shard) {
    int end = Math.min(wanted.size(), next + SLICE);
    for (; next < end; next++) {
      PodPost post = shard.pod(wanted.get(next));
      if (post != null && !post.removed) {
        visitor.pod(post.row, post.stateOrNull());
      }
    }
    return next < wanted.size();
  }
}
