package dev.slipway.engine.observe;

import dev.slipway.engine.api.Times;

/**
 * What is remembered of one container: its latest instance, the ends before, its back-off as far as
 * it can be known. Plain data. Times are whole seconds in nanoseconds, or {@link Times#NONE}.
 */
final class ObservedContainer {
  static final byte NONE = 0;
  static final byte WAITING = 1;
  static final byte RUNNING = 2;
  static final byte TERMINATED = 3;

  /** What {@code state} of the status is. */
  byte state = NONE;

  boolean ready;
  int restarts;

  /** Reason of Waiting or Terminated. */
  String reason = "";

  int exitCode;

  /** Latest instance known: hash of its id (0: unknown), start, and whether it has ended. */
  long id;

  long startedAt = Times.NONE;
  boolean ended = true;

  /** Number of the latest instance. */
  int instance = -1;

  /** Ends of the latest instance that has one, and of the one before. */
  long lastEnd = Times.NONE;

  long endBefore = Times.NONE;

  /** How the instance of {@link #lastEnd} ended. */
  int lastExit;

  String lastReason = "";

  /** First start of all, if it was seen. */
  long firstStart = Times.NONE;

  /** It has completed with code 0 at least once. */
  boolean completed;

  /** A back-off entry that is never stricter than the node's own (rule L-311). */
  long backOffDelay;

  long backOffUpdated = Times.NONE;
  long backOffKey;

  /** Restarts in a row that came too early. */
  byte strikes;

  /** Findings that were reported, as bits of their kind. */
  int found;

  boolean running() {
    return state == RUNNING;
  }

  boolean terminated() {
    return state == TERMINATED;
  }

  boolean neverStarted() {
    return instance < 0 && restarts == 0;
  }
}
