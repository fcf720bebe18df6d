package dev.slipway.actors;

import org.jspecify.annotations.Nullable;

/**
 * Something to be sent at a time. Among equal times a lower rank comes first, among equal ranks the
 * one made first: the order of the engine's single-threaded driver.
 */
abstract sealed class Deadline permits OwnDeadline, WaitingLetter {
  /** Not in a wheel: never added, cancelled or taken out. */
  static final short NOWHERE = -1;

  /** In the wheel's heap of the tick that is being served. */
  static final short NEAR = -2;

  /** Over, while its pod is at work. */
  static final short DUE = -3;

  /**
   * Rank and sequence are in one number, there are millions of deadlines: 2^43 of a shard's are
   * told apart, three years of 100 000 a second.
   */
  private static final int SEQUENCE_BITS = 43;

  /** Ranks are not above this. */
  static final int RANK_MAX = (1 << (Long.SIZE - 1 - SEQUENCE_BITS)) - 1;

  final PodPost post;
  long at;

  /** The order among equal times. */
  private long order;

  @Nullable Deadline next;
  @Nullable Deadline previous;

  /** The wheel's slot, or one of the constants above. */
  short slot = NOWHERE;

  Deadline(PodPost post) {
    this.post = post;
  }

  /** Sets the time it is for. */
  final void set(long newAt, int rank, long sequence) {
    at = newAt;
    order = (long) rank << SEQUENCE_BITS | sequence;
  }

  /** What is to be sent. */
  abstract Letter letter();

  /** True if it waits in a wheel. */
  final boolean armed() {
    return slot >= 0 || slot == NEAR;
  }

  /** The total order. */
  final boolean before(Deadline other) {
    return at != other.at ? at < other.at : order < other.order;
  }
}
