package dev.slipway.actors;

import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one owner, hanging together by {@link OwnDeadline#sibling}. An owner holds the
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
  static OwnDeadline arm(
      @Nullable OwnDeadline first, PodPost post, int container, int id, int generation, long at) {
    OwnDeadline rest = first;
    OwnDeadline deadline = find(first, id);
    if (deadline != null && !post.shard.release(deadline)) {
      rest = without(first, deadline);
      deadline = null;
    }
    if (deadline == null) {
      deadline = new OwnDeadline(post, container, id, rest);
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
  static @Nullable OwnDeadline cancel(@Nullable OwnDeadline first, PodPost post, int id) {
    OwnDeadline deadline = find(first, id);
    return deadline == null || post.shard.release(deadline) ? first : without(first, deadline);
  }

  /** Cancels all of them. */
  static void cancelAll(@Nullable OwnDeadline first, PodPost post) {
    for (OwnDeadline d = first; d != null; d = d.sibling) {
      post.shard.release(d);
    }
  }

  private static @Nullable OwnDeadline find(@Nullable OwnDeadline first, int id) {
    OwnDeadline deadline = first;
    while (deadline != null && deadline.id() != id) {
      deadline = deadline.sibling;
    }
    return deadline;
  }

  private static @Nullable OwnDeadline without(@Nullable OwnDeadline first, OwnDeadline deadline) {
    if (first == null || first == deadline) {
      return deadline.sibling;
    }
    OwnDeadline before = first;
    while (before.sibling != null && before.sibling != deadline) {
      before = before.sibling;
    }
    before.sibling = deadline.sibling;
    return first;
  }
}
