package dev.slipway.actors;

import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodEvent;
import org.jspecify.annotations.Nullable;

/**
 * A letter to be sent at a time. Among equal times a lower rank comes first, among equal ranks the
 * one made first: the order of the engine's single-threaded driver.
 *
 * <p>There is one for every probe of every container, so it is small and used again: the deadlines
 * of an owner hang together, and arming one that is over takes the object it had.
 */
final class Deadline {
  /** Not in a wheel: never added, cancelled or taken out. */
  static final short NOWHERE = -1;

  /** In the wheel's heap of the tick that is being served. */
  static final short NEAR = -2;

  /** Over, while its pod is at work. */
  static final short DUE = -3;

  /** Owner and id of a deadline of the engine are in one number: so many ids an owner. */
  private static final int IDS = 8;

  final PodPost post;

  /** Null for a deadline of the engine: its letter is written when it is over. */
  private final @Nullable Letter letter;

  long at;
  long sequence;
  int rank;
  private int generation;

  /** Container and id of a deadline of the engine; the pod's own come first. */
  private final short what;

  /** The wheel's slot, or one of the constants above. */
  short slot = NOWHERE;

  @Nullable Deadline next;
  @Nullable Deadline previous;

  /** The next one of the same owner. */
  @Nullable Deadline sibling;

  /** A letter that waits. */
  Deadline(PodPost post, Letter letter, long at, int rank, long sequence) {
    this.post = post;
    this.letter = letter;
    this.what = 0;
    this.at = at;
    this.rank = rank;
    this.sequence = sequence;
  }

  /** A deadline of the engine, not armed yet; container -1: the pod's own. */
  Deadline(PodPost post, int container, int id, @Nullable Deadline sibling) {
    this.post = post;
    this.letter = null;
    this.what = (short) ((container + 1) * IDS + id);
    this.sibling = sibling;
  }

  /** Sets the time it is for. */
  void set(int newGeneration, long newAt, int newRank, long newSequence) {
    generation = newGeneration;
    at = newAt;
    rank = newRank;
    sequence = newSequence;
  }

  /** The id within its owner. */
  int id() {
    return what % IDS;
  }

  /** What is to be sent. */
  Letter letter() {
    Letter written = letter;
    if (written != null) {
      return written;
    }
    int container = what / IDS - 1;
    return container < 0
        ? new PodActor.Take(new PodEvent.DeadlineReached(id(), generation))
        : new ContainerActor.Take(container, new ContainerEvent.DeadlineReached(id(), generation));
  }

  /** True if it waits in a wheel. */
  boolean armed() {
    return slot >= 0 || slot == NEAR;
  }

  /** The total order. */
  boolean before(Deadline other) {
    if (at != other.at) {
      return at < other.at;
    }
    return rank != other.rank ? rank < other.rank : sequence < other.sequence;
  }
}
