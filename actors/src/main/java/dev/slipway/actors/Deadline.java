package dev.slipway.actors;

import org.jspecify.annotations.Nullable;

/**
 * A letter to be sent at a time. Among equal times a lower rank comes first, among equal ranks the
 * one made first: the order of the engine's single-threaded driver.
 */
final class Deadline {
  /** Not in a wheel: never added, cancelled or taken out. */
  static final int NOWHERE = -1;

  /** In the wheel's heap of the tick that is being served. */
  static final int NEAR = -2;

  final PodPost post;
  final Letter letter;
  final long at;
  final int rank;
  final long sequence;

  /** The wheel's slot, {@link #NEAR} or {@link #NOWHERE}. Written by the wheel. */
  int slot = NOWHERE;

  @Nullable Deadline next;
  @Nullable Deadline previous;

  Deadline(PodPost post, Letter letter, long at, int rank, long sequence) {
    this.post = post;
    this.letter = letter;
    this.at = at;
    this.rank = rank;
    this.sequence = sequence;
  }

  /** True if it waits in a wheel. */
  boolean armed() {
    return slot != NOWHERE;
  }

  /** The total order. */
  boolean before(Deadline other) {
    if (at != other.at) {
      return at < other.at;
    }
    return rank != other.rank ? rank < other.rank : sequence < other.sequence;
  }
}
