package dev.slipway.engine.event;

import dev.slipway.engine.api.ProbeType;

/**
 * Everything that can happen to one container: orders of its pod, and what the runtime and the
 * clock report.
 */
public sealed interface ContainerEvent {
  // Orders of the pod, see PodSink.

  record Start(int recordId, int attempt, long graceSeconds) implements ContainerEvent {}

  record Stop(int recordId, long graceSeconds, boolean hooks, boolean waitsForTurn)
      implements ContainerEvent {}

  record Turn() implements ContainerEvent {}

  /** The stop in progress is to be over by then (rule L-425). */
  record ShortenStop(long until) implements ContainerEvent {}

  record EnsureProbes(boolean deleting) implements ContainerEvent {}

  record CutProbes() implements ContainerEvent {}

  record StopLivenessAndStartup() implements ContainerEvent {}

  record RemoveProbes() implements ContainerEvent {}

  record TriggerReadiness() implements ContainerEvent {}

  record Observed(int recordId, long startedAt, byte observation) implements ContainerEvent {}

  // Reports of the runtime.

  record Created() implements ContainerEvent {}

  record CreateFailed(String reason, String message) implements ContainerEvent {}

  record Started() implements ContainerEvent {}

  /**
   * The process could not be started; the runtime keeps an EXITED record.
   *
   * @param exitCode of that record, 128
   * @param recordReason of that record, StartError
   */
  record StartFailed(int exitCode, String recordReason, String message) implements ContainerEvent {}

  /** The process of that instance is gone. */
  record Exited(int recordId, int exitCode, String reason, String message)
      implements ContainerEvent {}

  /** The runtime lost track of that instance; its process may be up. */
  record Unknown(int recordId) implements ContainerEvent {}

  /** The runtime has no record of that instance any more; its process is gone too. */
  record Gone(int recordId) implements ContainerEvent {}

  /** A stop call came back although the process was gone already. */
  record StopReturned() implements ContainerEvent {}

  /** A stop call came back with an error; the process may still be there (rule L-406). */
  record StopFailed(String message) implements ContainerEvent {}

  record HookDone(Hook hook, boolean success, String message) implements ContainerEvent {}

  record ProbeDone(ProbeType type, Outcome outcome, String message) implements ContainerEvent {}

  // The clock.

  /** A deadline armed through {@link ContainerSink#armDeadline} is over. */
  record DeadlineReached(int id, int generation) implements ContainerEvent {}

  /** The two lifecycle hooks. */
  enum Hook {
    POST_START("PostStart"),
    PRE_STOP("PreStop");

    private final String text;

    Hook(String text) {
      this.text = text;
    }

    /** The kubelet's spelling in events. */
    public String text() {
      return text;
    }
  }

  /** How one probe execution ended (rule P-070). */
  enum Outcome {
    SUCCESS,
    /** Success with a warning event (rule P-075b). */
    WARNING,
    FAILURE,
    /** Failure without an event; no handler answers so. */
    UNKNOWN,
    /** Discarded: an error, not an answer. */
    ERROR,
    /** Discarded too: an answer that could not be read (rule P-075h). */
    BROKEN,
    /** The execution crashed; the worker goes on as it is (rule P-017). */
    PANIC;

    /** An error: tried again, then discarded (rules P-041, P-071). */
    public boolean error() {
      return this == ERROR || this == BROKEN;
    }

    /** Counts as a success; else, if it counts, as a failure. */
    public boolean success() {
      return this == SUCCESS || this == WARNING;
    }
  }

  Turn TURN = new Turn();
  CutProbes CUT_PROBES = new CutProbes();
  StopLivenessAndStartup STOP_LIVENESS_AND_STARTUP = new StopLivenessAndStartup();
  RemoveProbes REMOVE_PROBES = new RemoveProbes();
  TriggerReadiness TRIGGER_READINESS = new TriggerReadiness();
  Created CREATED = new Created();
  Started STARTED = new Started();
  StopReturned STOP_RETURNED = new StopReturned();
}
