package dev.slipway.engine.probe;

import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.ContainerEvent.Outcome;
import dev.slipway.engine.event.ContainerSink;
import dev.slipway.engine.event.PodSink.Observation;
import dev.slipway.engine.state.ContainerUnit;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.ProbeTransition;
import dev.slipway.engine.state.ProbeWorker;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The probe workers of one container (rules P-010 to P-053; pkg/kubelet/prober/worker.go, 1.37.2).
 *
 * <p>A worker of the kubelet wakes at every tick of its period. Here a worker that could not do
 * anything at its next tick is parked and has no deadline armed (rule P-118): the grid goes on in
 * thought, and the worker is armed again for the first tick at which something can happen. What is
 * executed, and when, is the same.
 */
public final class ProbeRules {
  private static final ProbeType[] TYPES = ProbeType.values();

  private static final String CANCELED = "context canceled";

  private final ProbeSettings settings;

  /**
   * Start delay of a worker (rule P-020): 0 if the node agent has run for longer than the period.
   */
  @FunctionalInterface
  public interface Jitter {
    Jitter NONE = (period, now) -> 0;

    /** Nanoseconds from now to the first evaluation of a worker with that period. */
    long delay(long periodNanos, long now);
  }

  /** Workers of an agent that has run for ever. */
  public ProbeRules(Jitter jitter) {
    this(ProbeSettings.of(jitter));
  }

  public ProbeRules(ProbeSettings settings) {
    this.settings = settings;
  }

  /** Rules P-011, P-012: makes the missing workers, up to the first that is there. */
  public void ensure(ContainerUnit unit, boolean deleting, long now, ContainerSink out) {
    for (ProbeType type : TYPES) {
      ProbeSpec spec = unit.spec.probe(type);
      if (spec == null) {
        continue;
      }
      if (unit.worker(type) != null) {
        return;
      }
      ProbeWorker worker = new ProbeWorker(type, spec, deleting);
      unit.worker(type, worker);
      long delay = settings.jitter().delay(worker.period(), now);
      worker.base = now + delay;
      worker.nextTick = worker.base;
      if (delay == 0) {
        out.moved(type, ProbeTransition.MADE);
        tick(unit, worker, now, out);
      } else {
        worker.waiting = true;
        out.moved(type, ProbeTransition.MADE_DELAYED);
        arm(worker, worker.base, out);
      }
    }
  }

  /**
   * The workers lose their context: a running attempt is cut, every later one fails before it
   * reaches the runtime; results do not change any more (kubelet 1.36 only; trace vectors, VERSIONS
   * row 8).
   */
  public void cut(ContainerUnit unit, long now, ContainerSink out) {
    unit.probes().cut = true;
    for (ProbeType type : TYPES) {
      ProbeWorker worker = unit.worker(type);
      if (worker != null && worker.probing) {
        worker.abandoned++;
        over(unit, worker, ProbeTransition.CUT, Outcome.ERROR, CANCELED, now, out);
      }
    }
  }

  /** Rule P-090: ends the liveness and startup workers. */
  public void stopLivenessAndStartup(ContainerUnit unit, ContainerSink out) {
    stop(unit, unit.worker(ProbeType.STARTUP), out);
    stop(unit, unit.worker(ProbeType.LIVENESS), out);
  }

  /** Rule P-091: ends all workers. */
  public void remove(ContainerUnit unit, ContainerSink out) {
    stop(unit, unit.worker(ProbeType.STARTUP), out);
    stop(unit, unit.worker(ProbeType.READINESS), out);
    stop(unit, unit.worker(ProbeType.LIVENESS), out);
  }

  /** Rule P-016: at once, or after the probe or the start delay that is running. */
  private static void stop(ContainerUnit unit, @Nullable ProbeWorker worker, ContainerSink out) {
    if (worker == null) {
      return;
    }
    worker.stopped = true;
    if (!worker.probing && !worker.waiting) {
      end(unit, worker, out);
    }
  }

  private static void end(ContainerUnit unit, ProbeWorker worker, ContainerSink out) {
    if (worker.cached() != ProbeResult.NONE) {
      worker.cached(ProbeResult.NONE);
      out.probeResult(worker.type, worker.containerId, ProbeResult.NONE);
    }
    disarm(worker, out);
    out.moved(worker.type, worker.onHold ? ProbeTransition.ENDED_HOLDING : ProbeTransition.ENDED);
    unit.worker(worker.type, null);
    out.workerEnded(worker.type);
  }

  /**
   * The pod's cached status of the container changed: workers that can do something again are
   * armed.
   */
  public void observed(ContainerUnit unit, long now, ContainerSink out) {
    for (ProbeType type : TYPES) {
      ProbeWorker worker = unit.worker(type);
      if (worker != null && !worker.probing && !worker.waiting) {
        schedule(unit, worker, now, out);
      }
    }
  }

  /** Rules P-023, P-024: probe readiness now and count periods from now on. */
  public void trigger(ContainerUnit unit, long now, ContainerSink out) {
    ProbeWorker worker = unit.worker(ProbeType.READINESS);
    if (worker == null) {
      return;
    }
    if (worker.probing || worker.waiting) {
      worker.triggered = true;
      return;
    }
    rebase(unit, worker, now, out);
  }

  private void rebase(ContainerUnit unit, ProbeWorker worker, long now, ContainerSink out) {
    worker.triggered = false;
    disarm(worker, out);
    worker.base = now;
    worker.nextTick = now;
    tick(unit, worker, now, out);
  }

  /** A deadline of a worker is over. */
  public void deadline(
      ContainerUnit unit, ProbeType type, int generation, long now, ContainerSink out) {
    ProbeWorker worker = unit.worker(type);
    if (worker == null || worker.generation != generation || worker.armed == Times.NONE) {
      return;
    }
    worker.armed = Times.NONE;
    boolean first = worker.waiting;
    if (first) {
      worker.waiting = false;
      out.moved(type, ProbeTransition.DELAY_OVER);
    }
    tick(unit, worker, now, out);
    if (first && !worker.probing && unit.worker(type) == worker) {
      served(unit, worker, now, out);
    }
  }

  /** One tick of the grid: evaluate, then wait for the next one at which something can happen. */
  private void tick(ContainerUnit unit, ProbeWorker worker, long now, ContainerSink out) {
    worker.nextTick =
        worker.base + (Math.floorDiv(now - worker.base, worker.period()) + 1) * worker.period();
    if (!evaluate(unit, worker, now, out)) {
      end(unit, worker, out);
    } else if (!worker.probing) {
      schedule(unit, worker, now, out);
    }
  }

  /** Section 4 of the probe rules; false: the worker ends. */
  private boolean evaluate(ContainerUnit unit, ProbeWorker worker, long now, ContainerSink out) {
    byte seen = unit.probes().observation;
    if (!Observation.present(seen)) {
      return true;
    }
    if (Observation.podTerminal(seen)) {
      return false;
    }
    if (unit.probes().observedRecord == 0) {
      return true;
    }
    if (worker.containerId != unit.probes().observedRecord) {
      adopt(unit, worker, out);
    }
    if (worker.onHold) {
      return true;
    }
    if (Observation.state(seen) != Observation.RUNNING) {
      cache(worker, ProbeResult.FAILURE, Cause.PROBE_NOT_RUNNING, 0, out);
      return Observation.state(seen) != Observation.TERMINATED || Observation.goesOn(seen);
    }
    if (worker.deleting && worker.type != ProbeType.READINESS) {
      cache(worker, ProbeResult.SUCCESS, Cause.PROBE_QUIET, 0, out);
      return false;
    }
    if (now < firstProbe(unit, worker) || gated(worker, seen)) {
      return true;
    }
    if (unit.probes().cut) {
      recordEvent(worker.type, Outcome.ERROR, CANCELED, out);
      return true;
    }
    worker.probing = true;
    out.moved(worker.type, ProbeTransition.PROBE);
    out.execProbe(worker.type, worker.containerId);
    return true;
  }

  /** Rules P-033, P-100: a new instance starts with the initial value (P-040). */
  private void adopt(ContainerUnit unit, ProbeWorker worker, ContainerSink out) {
    if (worker.cached() != ProbeResult.NONE) {
      worker.cached(ProbeResult.NONE);
      out.probeResult(worker.type, worker.containerId, ProbeResult.NONE);
    }
    worker.containerId = unit.probes().observedRecord;
    if (worker.onHold) {
      worker.onHold = false;
      out.moved(worker.type, ProbeTransition.RELEASED);
    }
    if (settings.freshRun()) {
      worker.lastResult(ProbeResult.SUCCESS);
      worker.resultRun = 0;
    }
    if (!settings.initialAlways()
        && unit.probes().sidecar
        && worker.type == ProbeType.STARTUP
        && Observation.started(unit.probes().observation)) {
      cache(worker, ProbeResult.SUCCESS, Cause.PROBE_CARRIED, 0, out);
    }
    if (Observation.state(unit.probes().observation) == Observation.RUNNING
        && settings.fromBefore(unit.probes().observedStart)) {
      return;
    }
    cache(
        worker,
        switch (worker.type) {
          case STARTUP -> ProbeResult.UNKNOWN;
          case READINESS -> ProbeResult.FAILURE;
          case LIVENESS -> ProbeResult.SUCCESS;
        },
        Cause.PROBE_RESET,
        0,
        out);
  }

  /**
   * Rule P-026: the earliest time a probe may be executed, counted from the start in whole seconds.
   */
  private long firstProbe(ContainerUnit unit, ProbeWorker worker) {
    if (unit.probes().observedStart == Times.NONE) {
      return Long.MAX_VALUE;
    }
    long start = unit.probes().observedStart;
    if (settings.delayAfterStartup()
        && worker.type != ProbeType.STARTUP
        && unit.spec.startupProbe() != null) {
      start = Math.max(start, unit.probes().startedSince);
    }
    if (settings.wholeSeconds()) {
      start = Times.truncateToSecond(start);
    }
    int delay = worker.spec.initialDelaySeconds();
    // The age is cut toward zero: a start less than a second ahead counts as now.
    return delay == 0 ? start - Times.SECOND + 1 : start + delay * Times.SECOND;
  }

  /** Rule P-038. */
  private static boolean gated(ProbeWorker worker, byte seen) {
    return (worker.type == ProbeType.STARTUP) == Observation.started(seen);
  }

  private static void cache(
      ProbeWorker worker, ProbeResult value, Cause cause, int run, ContainerSink out) {
    if (worker.cached() != value) {
      worker.cached(value);
      out.because(subject(worker.type), -1, cause, -1, run);
      out.probeResult(worker.type, worker.containerId, value);
    }
  }

  private static Subject subject(ProbeType type) {
    return switch (type) {
      case STARTUP -> Subject.STARTUP_RESULT;
      case LIVENESS -> Subject.LIVENESS_RESULT;
      case READINESS -> Subject.READINESS_RESULT;
    };
  }

  /** A probe execution ended (rules P-041 to P-045). */
  public void done(
      ContainerUnit unit,
      ProbeType type,
      Outcome outcome,
      String message,
      long now,
      ContainerSink out) {
    ProbeWorker worker = unit.worker(type);
    if (worker == null) {
      return;
    }
    if (worker.abandoned > 0) {
      worker.abandoned--;
      return;
    }
    if (!worker.probing) {
      return;
    }
    if (outcome.error() && ++worker.errors < ProbeExecution.ATTEMPTS) {
      out.execProbe(type, worker.containerId);
      return;
    }
    over(unit, worker, ProbeTransition.ANSWERED, outcome, message, now, out);
  }

  private void over(
      ContainerUnit unit,
      ProbeWorker worker,
      ProbeTransition transition,
      Outcome outcome,
      String message,
      long now,
      ContainerSink out) {
    ProbeType type = worker.type;
    worker.errors = 0;
    worker.probing = false;
    if (outcome != Outcome.PANIC) {
      recordEvent(type, outcome, message, out);
      if (!outcome.error()) {
        count(worker, outcome.success() ? ProbeResult.SUCCESS : ProbeResult.FAILURE, out);
      }
    }
    out.moved(type, worker.onHold ? ProbeTransition.HELD : transition);
    served(unit, worker, now, out);
  }

  private static void recordEvent(
      ProbeType type, Outcome outcome, String message, ContainerSink out) {
    String reason = ProbeReport.reason(outcome);
    if (!reason.isEmpty()) {
      out.because(Subject.EVENT, -1, Cause.PROBE_ANSWER, -1, 0);
      out.recordEvent("Warning", reason, ProbeReport.text(type, outcome, message));
    }
  }

  private static void count(ProbeWorker worker, ProbeResult result, ContainerSink out) {
    if (worker.lastResult() == result) {
      worker.resultRun++;
    } else {
      worker.lastResult(result);
      worker.resultRun = 1;
    }
    int threshold =
        result == ProbeResult.FAILURE
            ? worker.spec.failureThreshold()
            : worker.spec.successThreshold();
    if (worker.resultRun < threshold) {
      return;
    }
    Cause cause = result == ProbeResult.FAILURE ? Cause.PROBE_FAILED : Cause.PROBE_SUCCEEDED;
    cache(worker, result, cause, worker.resultRun, out);
    boolean holds =
        worker.type == ProbeType.STARTUP
            || (worker.type == ProbeType.LIVENESS && result == ProbeResult.FAILURE);
    if (holds) {
      worker.onHold = true;
      worker.resultRun = 0;
    }
  }

  /**
   * After a probe: the stop, trigger or tick that came meanwhile, in this order (rules P-022,
   * P-024).
   */
  private void served(ContainerUnit unit, ProbeWorker worker, long now, ContainerSink out) {
    if (worker.stopped) {
      end(unit, worker, out);
    } else if (worker.triggered) {
      rebase(unit, worker, now, out);
    } else if (worker.nextTick <= now) {
      tick(unit, worker, now, out);
    } else {
      schedule(unit, worker, now, out);
    }
  }

  /** Arms the first tick at which an evaluation would do something, or none. */
  private void schedule(ContainerUnit unit, ProbeWorker worker, long now, ContainerSink out) {
    // Ticks of an instant come before the pass that changes the status: one that is due now has
    // been used.
    long from = Math.max(now + 1, wakes(unit, worker));
    if (from == Long.MAX_VALUE) {
      disarm(worker, out);
      return;
    }
    arm(worker, worker.nextTick >= from ? worker.nextTick : gridFrom(worker, from), out);
  }

  /** The first tick of the grid at that time or later. */
  private static long gridFrom(ProbeWorker worker, long from) {
    long periods = Math.floorDiv(from - worker.base + worker.period() - 1, worker.period());
    return worker.base + periods * worker.period();
  }

  /** Earliest time from which a tick does something: Long.MAX_VALUE if none does as things are. */
  private long wakes(ContainerUnit unit, ProbeWorker worker) {
    byte seen = unit.probes().observation;
    if (!Observation.present(seen)) {
      return Long.MAX_VALUE;
    }
    if (Observation.podTerminal(seen)) {
      return Long.MIN_VALUE;
    }
    if (unit.probes().observedRecord == 0) {
      return Long.MAX_VALUE;
    }
    if (worker.containerId != unit.probes().observedRecord) {
      return Long.MIN_VALUE;
    }
    if (worker.onHold) {
      return Long.MAX_VALUE;
    }
    byte state = Observation.state(seen);
    if (state != Observation.RUNNING) {
      boolean ends = state == Observation.TERMINATED && !Observation.goesOn(seen);
      return ends || worker.cached() != ProbeResult.FAILURE ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    if (worker.deleting && worker.type != ProbeType.READINESS) {
      return Long.MIN_VALUE;
    }
    return gated(worker, seen) ? Long.MAX_VALUE : firstProbe(unit, worker);
  }

  private static void arm(ProbeWorker worker, long at, ContainerSink out) {
    if (worker.armed == at) {
      return;
    }
    worker.armed = at;
    out.armDeadline(ContainerSink.TICK + worker.type.ordinal(), ++worker.generation, at);
  }

  private static void disarm(ProbeWorker worker, ContainerSink out) {
    if (worker.armed != Times.NONE) {
      worker.armed = Times.NONE;
      worker.generation++;
      out.cancelDeadline(ContainerSink.TICK + worker.type.ordinal());
    }
  }
}
