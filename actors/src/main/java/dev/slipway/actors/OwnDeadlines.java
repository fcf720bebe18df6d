package dev.slipway.actors;

import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one owner, hanging together by {@link Deadline#sibling}. An owner holds the
 * first one only: most have one or two.
 */
final class OwnDeadlines {
  private OwnDeadlines() {}

  /**
   * Arms a deadline; one of that id that waits is replaced.
   *
   * @param first the owner's deadlines so far
   * @param container the owner's ordinal, -1 for the pod
   * @return the owner's deadlines now
   */
  static Deadline arm(
      @Nullable Deadline first, PodPost post, int container, int id, int generation, long at) {
    Deadline rest = first;
    Deadline deadline = find(first, id);
    if (deadline != null && !post.shard.release(deadline)) {
      rest = without(first, deadline);
      deadline = null;
    }
    if (deadline == null) {
      deadline = new Deadline(post, container, id, rest);
      rest = deadline;
    }
    post.shard.arm(deadline, generation, at, post.rank(container, id));
    return rest == null ? deadline : rest;
  }

  /**
   * Cancels the deadline of that id; does nothing if there is none.
   *
   * @return the owner's deadlines now
   */
  static @Nullable Deadline cancel(@Nullable Deadline first, PodPost post, int id) {
    Deadline deadline = find(first, id);
    return deadline == null || post.shard.release(deadline) ? first : without(first, deadline);
  }

  /** Cancels all of them. */
  static void cancelAll(@Nullable Deadline first, PodPost post) {
    for (Deadline d = first; d != null; d = d.sibling) {
      post.shard.release(d);
    }
  }

  private static @Nullable Deadline find(@Nullable Deadline first, int id) {
    Deadline deadline = first;
    while (deadline != null && deadline.id() != id) {
      deadline = deadline.sibling;
    }
    return deadline;
  }

  private static @Nullable Deadline without(@Nullable Deadline first, Deadline deadline) {
    if (first == null || first == deadline) {
      return deadline.sibling;
    }
    Deadline before = first;
    while (before.sibling != null && before.sibling != deadline) {
      before = before.sibling;
    }
    before.sibling = deadline.sibling;
    return first;
  }
}
