package dev.slipway.engine.probe;

import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.state.ProbeResult;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a probe: up to three attempts, and what they count as (rules P-070 to P-072;
 * pkg/kubelet/prober/prober.go, 1.37.2). A probe worker does the same in steps, as its attempts
 * come back ({@link ProbeRules#done}).
 *
 * @param counted {@link ProbeResult#NONE} if it counts for nothing
 * @param reason of the Warning event, empty if there is none
 * @param message of that event
 * @param last the last attempt, none if none was made
 * @param took nanoseconds, all attempts together
 */
public record ProbeExecution(
    ProbeResult counted, String reason, String message, Optional<Attempt> last, long took) {
  /** Rule P-071: tried so often while an attempt ends in an error. */
  static final int ATTEMPTS = 3;

  /**
   * The {@code result} under which {@code probe_total} counts it, empty if it does not (rule
   * P-073).
   */
  public String metricResult() {
    return switch (counted) {
      case SUCCESS -> "successful";
      case FAILURE, UNKNOWN -> "failed";
      case NONE -> "";
    };
  }

  /** Executes a container's probe of that type; a container without one is fine (rule P-072). */
  public static ProbeExecution run(
      ProbeType type, @Nullable ProbeSpec probe, ProbeTarget target, ProbeTransport transport) {
    if (probe == null) {
      return new ProbeExecution(ProbeResult.SUCCESS, "", "", Optional.empty(), 0);
    }
    return run(type, () -> ProbeAttempts.make(probe, target, transport));
  }

  /** Executes a probe of a type that is not known: an error (rule P-072). */
  public static ProbeExecution ofUnknownType() {
    return new ProbeExecution(ProbeResult.NONE, "", "", Optional.empty(), 0);
  }

  /** Makes attempts as long as they end in an error, and judges the last one. */
  public static ProbeExecution run(ProbeType type, Supplier<Attempt> attempts) {
    Attempt last = attempts.get();
    long took = last.took();
    for (int made = 1; made < ATTEMPTS && last.outcome().error(); made++) {
      last = attempts.get();
      took += last.took();
    }
    var outcome = last.outcome();
    String reason = ProbeReport.reason(outcome);
    return new ProbeExecution(
        outcome.error()
            ? ProbeResult.NONE
            : outcome.success() ? ProbeResult.SUCCESS : ProbeResult.FAILURE,
        reason,
        reason.isEmpty() ? "" : ProbeReport.text(type, outcome, last.message()),
        Optional.of(last),
        took);
  }
}
