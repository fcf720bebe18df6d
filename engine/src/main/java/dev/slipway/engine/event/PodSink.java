package dev.slipway.engine.event;

import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.PodTransition;
import dev.slipway.engine.state.RecordTransition;
import dev.slipway.engine.state.ResizeActions;
import dev.slipway.engine.why.Because;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;

/**
 * What a pod wants done: the effects of one {@code step}, in order. Calls must not re-enter the
 * engine; a host notes them or sends them on. Containers are named by ordinal, instances by record
 * id.
 */
public interface PodSink extends Because {
  /** The next regular pass (rule L-021). */
  int REQUEUE = 0;

  /** {@code activeDeadlineSeconds} runs out (rule L-450). */
  int ACTIVE_DEADLINE = 1;

  /** The node lists its runtime again, for a pod whose worker waits for it (P-063). */
  int RELIST = 2;

  /** A request of the node to terminate the pod has waited long enough (rule L-452). */
  int KILL_LIMIT = 4;

  /** Why what comes next is done; most hosts do not care. */
  @Override
  default void because(Subject subject, int container, Cause cause, int about, long number) {}

  /**
   * Send {@link PodEvent#WOKEN} when everything that is under way between the pod and its
   * containers at this instant has been delivered: passes begin after the messages of their instant
   * (rule P-025).
   */
  void wakeSoon();

  void createSandbox(int attempt);

  void stopSandbox(int attempt);

  /** Ask the runtime whether it has the image. */
  void inspectImage(int container, String image);

  void pullImage(int container, String image);

  /**
   * Create and start the container.
   *
   * @param attempt restart count of the new instance
   * @param graceSeconds grace of a stop after a failed postStart hook (rule L-211)
   */
  void startContainer(int container, int recordId, int attempt, long graceSeconds);

  /**
   * Stop the container: preStop if there is grace, its turn, stop signal (rule L-400).
   *
   * @param hooks preStop is run
   * @param waitsForTurn the stop signal waits for {@link #turn}
   */
  void stopContainer(
      int container, int recordId, long graceSeconds, boolean hooks, boolean waitsForTurn);

  /** The sidecar's turn to be stopped has come (rule L-433). */
  void turn(int container);

  /** The stop in progress is to be over by then (rule L-425, {@code honour}). */
  void shortenStop(int container, long until);

  void removeRecord(int container, int recordId);

  /**
   * The pod object asks for resources other than the allocated ones ({@code PodState.wanted}): may
   * it have them? Answered by {@link PodEvent.ResizeAnswered} (rules L-175, R-136).
   */
  void requestResize();

  /** How much memory is in use? Answered by {@link PodEvent.MemoryMeasured} (rule L-174). */
  void measureMemory();

  /**
   * Set resources of a container that goes on running, or of the pod's cgroup (rule L-173);
   * answered by {@link PodEvent.ResourcesUpdated}.
   *
   * @param container -1: the pod itself
   * @param amounts what holds from now on; those of the other kind stay as they are
   */
  void updateResources(int container, int recordId, ResizeActions.Kind kind, Amounts amounts);

  /** Make sure the container's probe workers exist (rule P-012). */
  void ensureProbes(int container, boolean deleting);

  /**
   * The workers lose their context: running attempts are cut, later ones fail at once (1.36 only).
   */
  void cutProbes(int container);

  /** End the container's liveness and startup workers (rule P-090). */
  void stopLivenessAndStartup(int container);

  /** End all the container's workers (rule P-091). */
  void removeProbes(int container);

  /** Probe readiness now (rule P-023). */
  void triggerReadiness(int container);

  /**
   * The cached status of a container with probes changed in what its workers look at.
   *
   * @param observation packed by {@link Observation}
   */
  void observe(int container, int recordId, long startedAt, byte observation);

  /** The status in the API is to be written: {@code StatusView} reads it from the pod's state. */
  void publishStatus();

  /** The pod object is to be removed from the API (rule L-428). */
  void removeApiObject();

  /** Record an event; container -1: the pod itself. */
  void recordEvent(String type, String reason, int container, String message);

  /** The pod worker changed; for whoever watches. */
  default void moved(PodTransition transition) {}

  /** A record of the runtime changed; for whoever watches. */
  default void moved(int container, RecordTransition transition) {}

  void armDeadline(int id, int generation, long at);

  void cancelDeadline(int id);

  /** A probe worker's view of its container, packed. */
  final class Observation {
    public static final byte WAITING = 0;
    public static final byte RUNNING = 1;
    public static final byte TERMINATED = 2;
    private static final int STATE = 3;
    private static final int STARTED = 4;
    private static final int GOES_ON = 8;
    private static final int POD_TERMINAL = 16;
    private static final int PRESENT = 32;

    private Observation() {}

    /** Packs what a worker looks at. */
    public static byte of(byte state, boolean started, boolean goesOn, boolean podTerminal) {
      return (byte)
          (PRESENT
              | state
              | (started ? STARTED : 0)
              | (goesOn ? GOES_ON : 0)
              | (podTerminal ? POD_TERMINAL : 0));
    }

    /** WAITING, RUNNING or TERMINATED. */
    public static byte state(byte packed) {
      return (byte) (packed & STATE);
    }

    public static boolean started(byte packed) {
      return (packed & STARTED) != 0;
    }

    /** A Terminated container will run again. */
    public static boolean goesOn(byte packed) {
      return (packed & GOES_ON) != 0;
    }

    public static boolean podTerminal(byte packed) {
      return (packed & POD_TERMINAL) != 0;
    }

    /** False until the first status is cached. */
    public static boolean present(byte packed) {
      return (packed & PRESENT) != 0;
    }
  }
}
