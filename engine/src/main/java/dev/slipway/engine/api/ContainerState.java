package dev.slipway.engine.api;

/**
 * {@code state} or {@code lastState} of a container status. Times are epoch nanoseconds, see {@link
 * Times}.
 */
public sealed interface ContainerState {
  /** Nothing set: the state of a container that has no {@code lastState}. */
  None NONE = new None();

  /** No state at all. */
  record None() implements ContainerState {}

  /** Not running yet, or between two runs. Reason and message may be empty. */
  record Waiting(String reason, String message) implements ContainerState {}

  /** The process is alive. */
  record Running(long startedAt) implements ContainerState {}

  /** The process is gone. Times may be {@link Times#NONE}; texts may be empty. */
  record Terminated(
      int exitCode,
      String reason,
      String message,
      long startedAt,
      long finishedAt,
      String containerID)
      implements ContainerState {}
}
