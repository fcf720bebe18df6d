package dev.slipway.engine.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one container behaves. Durations are nanoseconds.
 *
 * @param pull one pull of its image
 * @param pullFails so many pulls fail first
 * @param create making the container
 * @param start from the start order to the process being up
 * @param startErrors so many starts fail first
 * @param runs the k-th start runs like the k-th entry, the last one repeats
 * @param stop from the stop signal to the exit; negative: the signal is ignored
 * @param stopExit exit code after the stop signal
 * @param postStart the exec hook, null if the container has none
 * @param preStop the exec hook, null if the container has none
 * @param startup outcomes of the probe over time
 * @param liveness outcomes of the probe over time
 * @param readiness outcomes of the probe over time
 * @param memory bytes in use while it runs, negative: the runtime cannot say
 */
public record ContainerScript(
    long pull,
    int pullFails,
    long create,
    long start,
    int startErrors,
    List<Run> runs,
    long stop,
    int stopExit,
    @Nullable HookScript postStart,
    @Nullable HookScript preStop,
    List<ProbeScript> startup,
    List<ProbeScript> liveness,
    List<ProbeScript> readiness,
    long memory) {
  /** One life of the process: until it is stopped if {@code duration} is negative. */
  public record Run(long duration, int exitCode, String reason) {
    /** Runs until stopped. */
    public static final Run FOREVER = new Run(-1, 0, "");

    /** The runtime's reason for the exit. */
    public String exitReason() {
      return reason.isEmpty() ? reasonOf(exitCode) : reason;
    }
  }

  /** A hook takes so long and then succeeds or fails. */
  public record HookScript(long duration, boolean success) {}

  /** From {@code from} after the container's start on, a probe takes so long and answers so. */
  public record ProbeScript(long from, boolean success, long duration) {}

  /** A container that uses next to no memory. */
  public ContainerScript(
      long pull,
      int pullFails,
      long create,
      long start,
      int startErrors,
      List<Run> runs,
      long stop,
      int stopExit,
      @Nullable HookScript postStart,
      @Nullable HookScript preStop,
      List<ProbeScript> startup,
      List<ProbeScript> liveness,
      List<ProbeScript> readiness) {
    this(
        pull,
        pullFails,
        create,
        start,
        startErrors,
        runs,
        stop,
        stopExit,
        postStart,
        preStop,
        startup,
        liveness,
        readiness,
        0);
  }

  /** Starts at once, runs until stopped, exits 0 when signalled, probes succeed. */
  public static final ContainerScript DEFAULT =
      new ContainerScript(
          0, 0, 0, 0, 0, List.of(Run.FOREVER), 0, 0, null, null, List.of(), List.of(), List.of());

  public ContainerScript {
    runs = runs.isEmpty() ? List.of(Run.FOREVER) : List.copyOf(runs);
    startup = List.copyOf(startup);
    liveness = List.copyOf(liveness);
    readiness = List.copyOf(readiness);
  }

  /** Completed for exit code 0, else Error (rule L-412). */
  public static String reasonOf(int exitCode) {
    return exitCode == 0 ? "Completed" : "Error";
  }
}
