package dev.slipway.engine.event;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.state.ContainerTransition;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.ProbeTransition;
import dev.slipway.engine.why.Because;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;

/**
 * What a container wants done: orders to the runtime, deadlines, and reports to its pod (which the
 * host turns into the {@link PodEvent} of the same name). Calls must not re-enter the engine.
 */
public interface ContainerSink extends Because {
  /** Deadline ids of the probe workers are {@code TICK + ProbeType.ordinal()}. */
  int TICK = 0;

  /** preStop has used up the grace (rule L-401). */
  int PRE_STOP_LIMIT = 3;

  /** Waiting for the turn has used up the grace (rule L-435). */
  int TURN_LIMIT = 4;

  /** Why what comes next is done; most hosts do not care. The container is always this one. */
  @Override
  default void because(Subject subject, int container, Cause cause, int about, long number) {}

  // Orders to the runtime.

  void createContainer(int attempt);

  void startProcess();

  void runHook(ContainerEvent.Hook hook);

  /** Send the stop signal, SIGKILL after so many seconds. */
  void stopProcess(long graceSeconds);

  /**
   * Execute the probe in that instance, which may be gone by now: the worker probes the one the
   * cached status shows.
   */
  void execProbe(ProbeType type, int recordId);

  // Reports to the pod.

  void created(int recordId);

  void started(int recordId, long at);

  void startDone(int recordId, String reason, String message);

  void exited(int recordId, int exitCode, String reason, String message, long at);

  void stopDone(int recordId);

  /** The stop call failed; the operation is over all the same. */
  void stopFailed(int recordId, String message);

  void unknown(int recordId);

  void gone(int recordId);

  void probeResult(ProbeType type, int recordId, ProbeResult result);

  void workerEnded(ProbeType type);

  /** The operation changed; for whoever watches. */
  default void moved(ContainerTransition transition) {}

  /** A probe worker changed; for whoever watches. */
  default void moved(ProbeType type, ProbeTransition transition) {}

  void recordEvent(String type, String reason, String message);

  // The clock.

  void armDeadline(int id, int generation, long at);

  void cancelDeadline(int id);
}
