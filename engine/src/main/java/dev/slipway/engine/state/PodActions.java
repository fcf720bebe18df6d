package dev.slipway.engine.state;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.why.Cause;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one pass will do: the decision of section 2 of the lifecycle rules, and how far the pass has
 * got with it. Lists hold ordinals in the order of execution. Reusable: {@link #clear} makes it
 * empty again.
 */
public final class PodActions {
  /** Why a container is stopped (rule L-019). */
  public enum StopReason {
    /** The definition changed. */
    NONE(""),
    /** A change of resources needs a restart (rule L-172). */
    RESIZE(""),
    STARTUP_PROBE("StartupProbe"),
    LIVENESS_PROBE("LivenessProbe"),
    FAILED_POST_START_HOOK("FailedPostStartHook"),
    RESTART_ALL_CONTAINERS("RestartAllContainers"),
    UNKNOWN("Unknown");

    private final String text;

    StopReason(String text) {
      this.text = text;
    }

    /** The kubelet's spelling. */
    public String text() {
      return text;
    }
  }

  public boolean stopPod;

  /** Why the whole pod is stopped, by whom it was set off, and the number in its words. */
  public Cause stopPodCause = Cause.STOP_AT_TERMINATION;

  public int stopPodAbout = -1;
  public int stopPodNumber;
  public boolean createSandbox;

  /** Attempt of the sandbox: of the new one if one is made, else of the newest. */
  public int attempt;

  /** Why a sandbox is made. */
  public Cause sandboxCause = Cause.NO_SANDBOX;

  /** The sandbox kept for the event, null if none (rule L-101). */
  public @Nullable Sandbox sandbox;

  public int[] stops = new int[4];
  public StopReason[] stopReasons = new StopReason[4];
  public ContainerRecord[] stopRecords = new ContainerRecord[4];

  /** True if the stopped container is started again in the same pass. */
  public boolean[] stopRestarts = new boolean[4];

  /** Which rule stops them. */
  public Cause[] stopCauses = new Cause[4];

  public int stopCount;

  /** Starts: ephemeral, then init, then app containers. */
  public int[] starts = new int[8];

  /** Which rule starts them, by whom it was set off, and the number in its words. */
  public Cause[] startCauses = new Cause[8];

  public int[] startAbouts = new int[8];
  public int[] startNumbers = new int[8];

  public int startCount;

  /** Records to be removed for restart-all (rule L-100). */
  public ContainerRecord[] resets = new ContainerRecord[4];

  public int[] resetOrdinals = new int[4];
  public int resetCount;

  /** Dead records of init containers that go before anything is started (rule L-155). */
  public ContainerRecord[] prunes = new ContainerRecord[4];

  public int[] pruneOrdinals = new int[4];
  public int pruneCount;

  /**
   * What the pass knows of the container to start from the view it began with (rules L-156, L-311).
   */
  public int[] restartCounts = new int[8];

  public long[] exitedAt = new long[8];

  /** What changes in place (rule L-173). */
  public final ResizeActions resizes = new ResizeActions();

  // Progress.
  public int stopAt;
  public int resetAt;

  /** The record at {@link #resetAt} was stopped. */
  public boolean resetStopped;

  public int startAt;
  public int outstanding;
  public boolean failed;
  public boolean sandboxMade;

  /** Earliest end of a restart back-off that refused a start, {@link Times#NONE} if none did. */
  public long backOffEnd = Times.NONE;

  /** Empties the decision and the progress. */
  public void clear() {
    stopPod = false;
    stopPodCause = Cause.STOP_AT_TERMINATION;
    stopPodAbout = -1;
    stopPodNumber = 0;
    createSandbox = false;
    attempt = 0;
    sandbox = null;
    stopCount = 0;
    startCount = 0;
    resetCount = 0;
    pruneCount = 0;
    resizes.clear();
    stopAt = 0;
    resetAt = 0;
    resetStopped = false;
    startAt = 0;
    outstanding = 0;
    failed = false;
    sandboxMade = false;
    backOffEnd = Times.NONE;
  }

  /** True if there is nothing to do. */
  public boolean isEmpty() {
    return !stopPod
        && !createSandbox
        && stopCount == 0
        && startCount == 0
        && resetCount == 0
        && resizes.isEmpty();
  }

  /** The whole pod is to be stopped. */
  public void stopPod(Cause cause, int about, int number) {
    stopPod = true;
    stopPodCause = cause;
    stopPodAbout = about;
    stopPodNumber = number;
  }

  /** Adds a container to the stop list. */
  public void stop(
      int ordinal, ContainerRecord record, StopReason reason, boolean restarts, Cause cause) {
    if (stopCount == stops.length) {
      stops = Arrays.copyOf(stops, 2 * stopCount);
      stopReasons = Arrays.copyOf(stopReasons, 2 * stopCount);
      stopRecords = Arrays.copyOf(stopRecords, 2 * stopCount);
      stopRestarts = Arrays.copyOf(stopRestarts, 2 * stopCount);
      stopCauses = Arrays.copyOf(stopCauses, 2 * stopCount);
    }
    stops[stopCount] = ordinal;
    stopReasons[stopCount] = reason;
    stopRecords[stopCount] = record;
    stopRestarts[stopCount] = restarts;
    stopCauses[stopCount] = cause;
    stopCount++;
  }

  /** Puts the stop list in the order of execution: ascending (rule L-150). */
  public void sortStops() {
    for (int k = 1; k < stopCount; k++) {
      for (int j = k; j > 0 && stops[j - 1] > stops[j]; j--) {
        swapStops(j - 1, j);
      }
    }
  }

  private void swapStops(int a, int b) {
    int ordinal = stops[a];
    stops[a] = stops[b];
    stops[b] = ordinal;
    StopReason reason = stopReasons[a];
    stopReasons[a] = stopReasons[b];
    stopReasons[b] = reason;
    ContainerRecord record = stopRecords[a];
    stopRecords[a] = stopRecords[b];
    stopRecords[b] = record;
    boolean restarts = stopRestarts[a];
    stopRestarts[a] = stopRestarts[b];
    stopRestarts[b] = restarts;
    Cause cause = stopCauses[a];
    stopCauses[a] = stopCauses[b];
    stopCauses[b] = cause;
  }

  /** Adds a container to the start list. */
  public void start(int ordinal, Cause cause, int about, int number) {
    if (startCount == starts.length) {
      starts = Arrays.copyOf(starts, 2 * startCount);
      startCauses = Arrays.copyOf(startCauses, 2 * startCount);
      startAbouts = Arrays.copyOf(startAbouts, 2 * startCount);
      startNumbers = Arrays.copyOf(startNumbers, 2 * startCount);
      restartCounts = Arrays.copyOf(restartCounts, 2 * startCount);
      exitedAt = Arrays.copyOf(exitedAt, 2 * startCount);
    }
    startCauses[startCount] = cause;
    startAbouts[startCount] = about;
    startNumbers[startCount] = number;
    starts[startCount++] = ordinal;
  }

  /** Adds a record to the reset list. */
  public void reset(int ordinal, ContainerRecord record) {
    if (resetCount == resets.length) {
      resets = Arrays.copyOf(resets, 2 * resetCount);
      resetOrdinals = Arrays.copyOf(resetOrdinals, 2 * resetCount);
    }
    resets[resetCount] = record;
    resetOrdinals[resetCount] = ordinal;
    resetCount++;
  }

  /** Adds a record to those that are pruned; alone it is no reason for a pass to do anything. */
  public void prune(int ordinal, ContainerRecord record) {
    if (pruneCount == prunes.length) {
      prunes = Arrays.copyOf(prunes, 2 * pruneCount);
      pruneOrdinals = Arrays.copyOf(pruneOrdinals, 2 * pruneCount);
    }
    prunes[pruneCount] = record;
    pruneOrdinals[pruneCount] = ordinal;
    pruneCount++;
  }

  /** Takes all init containers off the start list (rules L-117, L-141). */
  public void dropInitStarts(PodShape shape) {
    int kept = 0;
    for (int i = 0; i < startCount; i++) {
      if (starts[i] >= shape.appStart) {
        startCauses[kept] = startCauses[i];
        startAbouts[kept] = startAbouts[i];
        startNumbers[kept] = startNumbers[i];
        starts[kept++] = starts[i];
      }
    }
    startCount = kept;
  }

  /** True if that container is on the start list. */
  public boolean startsContainer(int ordinal) {
    for (int i = 0; i < startCount; i++) {
      if (starts[i] == ordinal) {
        return true;
      }
    }
    return false;
  }
}
