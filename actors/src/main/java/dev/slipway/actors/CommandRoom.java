package dev.slipway.actors;

import java.util.concurrent.atomic.AtomicInteger;

/** How many commands a shard has not taken yet: the bound of its mailbox. */
final class CommandRoom {
  /** A shard takes some hundred thousand a second: about a tenth of a second's worth. */
  static final int COMMANDS_MAX = 1 << 15;

  private final AtomicInteger taken = new AtomicInteger();

  /** Takes a place; false if there is none. */
  boolean take() {
    if (taken.incrementAndGet() <= COMMANDS_MAX) {
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  /** Gives a place back. */
  void free() {
    taken.decrementAndGet();
  }
}
