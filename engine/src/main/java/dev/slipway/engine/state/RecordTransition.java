package dev.slipway.engine.state;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a record of the runtime (table of rule L-201). A restart is always a new record.
 */
public enum RecordTransition implements Transition {
  /** Rule L-200(3). */
  CREATED(null, "ContainerCreated", RecordState.CREATED),
  /** Rule L-200(4). */
  STARTED(RecordState.CREATED, "ContainerStarted", RecordState.RUNNING),
  /** Rule L-201. */
  START_FAILED(RecordState.CREATED, "ContainerExited", RecordState.EXITED),
  /** By itself, or a stop is over. */
  EXITED(RecordState.RUNNING, "ContainerExited", RecordState.EXITED),
  /** The runtime knows again. */
  FOUND_EXITED(RecordState.UNKNOWN, "ContainerExited", RecordState.EXITED),
  /** Rule L-020. */
  CREATED_UNKNOWN(RecordState.CREATED, "ContainerUnknown", RecordState.UNKNOWN),
  /** Rules L-020, L-536 a. */
  RUNNING_UNKNOWN(RecordState.RUNNING, "ContainerUnknown", RecordState.UNKNOWN),
  /** Rule L-020. */
  CREATED_GONE(RecordState.CREATED, "ContainerGone", null),
  /** Rules L-020, L-536 b. */
  RUNNING_GONE(RecordState.RUNNING, "ContainerGone", null),
  /** Rule L-018. */
  EXITED_GONE(RecordState.EXITED, "ContainerGone", null),
  /** Rule L-020. */
  UNKNOWN_GONE(RecordState.UNKNOWN, "ContainerGone", null),
  /** Rules L-100, L-154. */
  CREATED_REMOVED(RecordState.CREATED, "removed by the pass", null),
  /** Rules L-018, L-100, L-154, L-155. */
  EXITED_REMOVED(RecordState.EXITED, "removed by the pass", null),
  /** Rules L-100, L-154, L-155. */
  UNKNOWN_REMOVED(RecordState.UNKNOWN, "removed by the pass", null);

  private final @Nullable RecordState from;
  private final String cause;
  private final @Nullable RecordState to;

  RecordTransition(@Nullable RecordState from, String cause, @Nullable RecordState to) {
    this.from = from;
    this.cause = cause;
    this.to = to;
  }

  /** The process of a record in that state is gone. */
  public static RecordTransition exited(RecordState from) {
    return switch (from) {
      case CREATED -> START_FAILED;
      case RUNNING -> EXITED;
      case UNKNOWN -> FOUND_EXITED;
      case EXITED -> throw refused(from, "exits");
    };
  }

  /** The runtime lost track of a record in that state. */
  public static RecordTransition lost(RecordState from) {
    return switch (from) {
      case CREATED -> CREATED_UNKNOWN;
      case RUNNING -> RUNNING_UNKNOWN;
      case UNKNOWN, EXITED -> throw refused(from, "is lost");
    };
  }

  /** A record in that state vanishes. */
  public static RecordTransition gone(RecordState from) {
    return switch (from) {
      case CREATED -> CREATED_GONE;
      case RUNNING -> RUNNING_GONE;
      case UNKNOWN -> UNKNOWN_GONE;
      case EXITED -> EXITED_GONE;
    };
  }

  /** The pod removes a record in that state. */
  public static RecordTransition removed(RecordState from) {
    return switch (from) {
      case CREATED -> CREATED_REMOVED;
      case UNKNOWN -> UNKNOWN_REMOVED;
      case EXITED -> EXITED_REMOVED;
      case RUNNING -> throw refused(from, "is removed");
    };
  }

  private static IllegalStateException refused(RecordState from, String what) {
    return new IllegalStateException("a record " + from + " never " + what);
  }

  @Override
  public @Nullable RecordState before() {
    return from;
  }

  @Override
  public @Nullable RecordState after() {
    return to;
  }

  @Override
  public String cause() {
    return cause;
  }
}
