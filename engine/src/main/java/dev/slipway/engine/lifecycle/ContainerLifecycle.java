package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.ContainerEvent.Hook;
import dev.slipway.engine.event.ContainerSink;
import dev.slipway.engine.event.PodSink.Observation;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.state.ContainerProbes;
import dev.slipway.engine.state.ContainerTransition;
import dev.slipway.engine.state.ContainerUnit;
import dev.slipway.engine.state.ContainerUnit.Operation;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;

/**
 * One container: starts and stops as its pod orders, hooks included, and its probe workers (rules
 * L-200 to L-213, L-400 to L-406; kuberuntime_container.go startContainer and killContainer,
 * 1.37.2).
 *
 * <p>Operations and what leads from one to the next: {@link ContainerTransition}. An order that
 * comes while another is carried out is an error; reports that concern no operation in progress
 * change none.
 */
public final class ContainerLifecycle {
  /** Rule L-405: the runtime is never given less. */
  private static final long MINIMUM_STOP_SECONDS = 2;

  private static final ProbeType[] TYPES = ProbeType.values();

  private final ProbeRules probes;

  public ContainerLifecycle(ProbeRules probes) {
    this.probes = probes;
  }

  /** Takes one event at {@code now}; what the container wants done goes to {@code out}. */
  public void step(ContainerUnit unit, ContainerEvent event, long now, ContainerSink out) {
    switch (event) {
      case ContainerEvent.Start e -> start(unit, e, out);
      case ContainerEvent.Stop e -> stop(unit, e, now, out);
      case ContainerEvent.Turn _ -> turn(unit, now, out);
      case ContainerEvent.ShortenStop e -> shorten(unit, e.until(), now, out);
      case ContainerEvent.EnsureProbes e -> probes.ensure(unit, e.deleting(), now, out);
      case ContainerEvent.CutProbes _ -> probes.cut(unit, now, out);
      case ContainerEvent.StopLivenessAndStartup _ -> probes.stopLivenessAndStartup(unit, out);
      case ContainerEvent.RemoveProbes _ -> probes.remove(unit, out);
      case ContainerEvent.TriggerReadiness _ -> probes.trigger(unit, now, out);
      case ContainerEvent.Observed e -> observed(unit, e, now, out);
      case ContainerEvent.Created _ -> created(unit, out);
      case ContainerEvent.CreateFailed e -> createFailed(unit, e, out);
      case ContainerEvent.Started _ -> started(unit, now, out);
      case ContainerEvent.StartFailed e -> startFailed(unit, e, now, out);
      case ContainerEvent.Exited e -> exited(unit, e, now, out);
      case ContainerEvent.Unknown e -> out.unknown(e.recordId());
      case ContainerEvent.Gone e -> gone(unit, e.recordId(), out);
      case ContainerEvent.StopReturned _ ->
          stopReturned(unit, ContainerTransition.STOP_RETURNED, out);
      case ContainerEvent.StopFailed e -> stopFailed(unit, e, out);
      case ContainerEvent.HookDone e -> hookDone(unit, e, now, out);
      case ContainerEvent.ProbeDone e ->
          probes.done(unit, e.type(), e.outcome(), e.message(), now, out);
      case ContainerEvent.DeadlineReached e -> deadline(unit, e, now, out);
    }
  }

  private void observed(
      ContainerUnit unit, ContainerEvent.Observed event, long now, ContainerSink out) {
    ContainerProbes seen = unit.probes();
    boolean started = Observation.started(event.observation());
    if (started
        && (!Observation.started(seen.observation) || seen.observedRecord != event.recordId())) {
      seen.startedSince = now;
    }
    seen.observation = event.observation();
    seen.observedRecord = event.recordId();
    seen.observedStart = event.startedAt();
    probes.observed(unit, now, out);
  }

  // Start.

  private static void start(ContainerUnit unit, ContainerEvent.Start event, ContainerSink out) {
    require(unit, unit.operation() == Operation.NONE, "Start");
    unit.recordId = event.recordId();
    unit.order().graceSeconds = event.graceSeconds();
    move(unit, ContainerTransition.START, out);
    out.createContainer(event.attempt());
  }

  private static void created(ContainerUnit unit, ContainerSink out) {
    if (unit.operation() != Operation.CREATING) {
      return;
    }
    move(unit, ContainerTransition.CREATED, out);
    out.created(unit.recordId);
    out.because(Subject.EVENT, -1, Cause.START_STEP, -1, 0);
    out.recordEvent("Normal", "Created", "Container created");
    out.startProcess();
  }

  private static void createFailed(
      ContainerUnit unit, ContainerEvent.CreateFailed event, ContainerSink out) {
    if (unit.operation() == Operation.CREATING) {
      startDone(unit, ContainerTransition.CREATE_FAILED, event.reason(), event.message(), out);
    }
  }

  private static void started(ContainerUnit unit, long now, ContainerSink out) {
    if (unit.operation() != Operation.STARTING) {
      return;
    }
    unit.alive = true;
    out.started(unit.recordId, now);
    out.because(Subject.EVENT, -1, Cause.START_STEP, -1, 0);
    out.recordEvent("Normal", "Started", "Container started");
    if (unit.spec.postStart() == null) {
      startDone(unit, ContainerTransition.STARTED, "", "", out);
    } else {
      out.because(Subject.HOOK, -1, Cause.POST_START, -1, 0);
      move(unit, ContainerTransition.STARTED_WITH_HOOK, out);
      out.runHook(Hook.POST_START);
    }
  }

  /** Rule L-201: the runtime keeps an EXITED record. */
  private static void startFailed(
      ContainerUnit unit, ContainerEvent.StartFailed event, long now, ContainerSink out) {
    if (unit.operation() != Operation.STARTING) {
      return;
    }
    out.exited(unit.recordId, event.exitCode(), event.recordReason(), event.message(), now);
    out.because(Subject.EVENT, -1, Cause.START_FAILED, -1, 0);
    out.recordEvent("Warning", "Failed", "Error: " + event.message());
    startDone(unit, ContainerTransition.START_FAILED, "RunContainerError", event.message(), out);
  }

  private static void startDone(
      ContainerUnit unit,
      ContainerTransition transition,
      String reason,
      String message,
      ContainerSink out) {
    move(unit, transition, out);
    out.startDone(unit.recordId, reason, message);
  }

  // Hooks and stop.

  private void hookDone(
      ContainerUnit unit, ContainerEvent.HookDone event, long now, ContainerSink out) {
    switch (event.hook()) {
      case POST_START -> postStartDone(unit, event, now, out);
      case PRE_STOP -> {
        if (!event.success()) {
          out.because(Subject.EVENT, -1, Cause.HOOK_FAILED, -1, 0);
          out.recordEvent("Warning", "FailedPreStopHook", "PreStopHook failed");
        }
        if (unit.operation() == Operation.PRE_STOP) {
          out.cancelDeadline(ContainerSink.PRE_STOP_LIMIT);
          preStopOver(unit, ContainerTransition.PRE_STOP_OVER, Cause.SIGNAL_AFTER_HOOK, now, out);
        }
      }
    }
  }

  /** Rule L-211. */
  private static void postStartDone(
      ContainerUnit unit, ContainerEvent.HookDone event, long now, ContainerSink out) {
    if (unit.operation() != Operation.POST_START) {
      return;
    }
    if (event.success()) {
      startDone(unit, ContainerTransition.POST_START_OVER, "", "", out);
      return;
    }
    out.because(Subject.EVENT, -1, Cause.POST_START_FAILED, -1, 0);
    out.recordEvent("Warning", "FailedPostStartHook", "PostStartHook failed");
    unit.order().startFails = true;
    unit.order().startFailure = event.message();
    out.because(Subject.STOP, -1, Cause.POST_START_FAILED, -1, 0);
    out.recordEvent("Normal", "Killing", "FailedPostStartHook");
    beginStop(unit, true, false, now, out);
  }

  private static void stop(
      ContainerUnit unit, ContainerEvent.Stop event, long now, ContainerSink out) {
    require(unit, unit.operation() == Operation.NONE, "Stop");
    unit.recordId = event.recordId();
    unit.order().graceSeconds = event.graceSeconds();
    beginStop(unit, event.hooks(), event.waitsForTurn(), now, out);
  }

  /** Rule L-400, from step (3) on. */
  private static void beginStop(
      ContainerUnit unit, boolean hooks, boolean waitsForTurn, long now, ContainerSink out) {
    unit.order().waitsForTurn = waitsForTurn;
    unit.order().turnCame = false;
    Handler preStop = unit.spec.preStop();
    if (hooks && preStop != null && unit.order().graceSeconds > 0) {
      move(
          unit,
          unit.order().startFails
              ? ContainerTransition.POST_START_FAILED_PRE_STOP
              : ContainerTransition.STOP_PRE_STOP,
          out);
      unit.order().stepBegan = now;
      out.armDeadline(
          ContainerSink.PRE_STOP_LIMIT,
          ++unit.stopGeneration,
          now + unit.order().graceSeconds * Times.SECOND);
      out.because(Subject.HOOK, -1, Cause.PRE_STOP, -1, unit.order().graceSeconds);
      out.runHook(Hook.PRE_STOP);
    } else {
      awaitTurn(
          unit,
          ContainerTransition.STOP_WAIT,
          unit.order().startFails
              ? ContainerTransition.POST_START_FAILED
              : ContainerTransition.STOP,
          Cause.SIGNAL_AT_ONCE,
          now,
          out);
    }
  }

  private static void preStopOver(
      ContainerUnit unit,
      ContainerTransition transition,
      Cause cause,
      long now,
      ContainerSink out) {
    spend(unit, now);
    awaitTurn(unit, ContainerTransition.PRE_STOP_OVER_WAIT, transition, cause, now, out);
  }

  /** Takes the whole seconds since the step began off the grace (rules L-400, L-404). */
  private static void spend(ContainerUnit unit, long now) {
    unit.order().graceSeconds -= (now - unit.order().stepBegan) / Times.SECOND;
  }

  private static void awaitTurn(
      ContainerUnit unit,
      ContainerTransition waits,
      ContainerTransition goesOn,
      Cause cause,
      long now,
      ContainerSink out) {
    if (unit.order().waitsForTurn && !unit.order().turnCame && unit.order().graceSeconds > 0) {
      move(unit, waits, out);
      unit.order().stepBegan = now;
      out.armDeadline(
          ContainerSink.TURN_LIMIT,
          ++unit.stopGeneration,
          now + unit.order().graceSeconds * Times.SECOND);
    } else {
      signal(unit, goesOn, cause, now, out);
    }
  }

  private static void turn(ContainerUnit unit, long now, ContainerSink out) {
    if (unit.operation() == Operation.NONE) {
      return;
    }
    unit.order().turnCame = true;
    if (unit.operation() == Operation.WAITING_FOR_TURN) {
      out.cancelDeadline(ContainerSink.TURN_LIMIT);
      spend(unit, now);
      signal(unit, ContainerTransition.TURN, Cause.SIGNAL_AT_TURN, now, out);
    }
  }

  private static void signal(
      ContainerUnit unit,
      ContainerTransition transition,
      Cause cause,
      long now,
      ContainerSink out) {
    move(unit, transition, out);
    unit.order().stepBegan = now;
    long seconds = Math.max(unit.order().graceSeconds, MINIMUM_STOP_SECONDS);
    out.because(Subject.SIGNAL, -1, cause, -1, unit.order().graceSeconds);
    if (seconds > unit.order().graceSeconds) {
      out.because(Subject.SIGNAL, -1, Cause.FLOOR, -1, seconds);
    }
    out.because(Subject.KILL, -1, Cause.GRACE_OVER, -1, seconds);
    unit.order().graceSeconds = seconds;
    out.stopProcess(seconds);
  }

  /**
   * Rule L-425, {@code honour}: whatever the stop waits for, it waits no longer than until then,
   * and never less than the runtime is always given.
   */
  private static void shorten(ContainerUnit unit, long until, long now, ContainerSink out) {
    if (unit.operation() == Operation.NONE) {
      return;
    }
    long end = unit.order().stepBegan + unit.order().graceSeconds * Times.SECOND;
    if (until >= end) {
      return;
    }
    switch (unit.operation()) {
      case PRE_STOP -> shortenWait(unit, ContainerSink.PRE_STOP_LIMIT, until, now, out);
      case WAITING_FOR_TURN -> shortenWait(unit, ContainerSink.TURN_LIMIT, until, now, out);
      case STOPPING -> {
        long earliest = unit.order().stepBegan + MINIMUM_STOP_SECONDS * Times.SECOND;
        if (earliest < end) {
          unit.order().graceSeconds = seconds(Math.max(until, earliest) - now);
          unit.order().stepBegan = now;
          out.stopProcess(unit.order().graceSeconds);
        }
      }
      case NONE, CREATING, STARTING, POST_START -> {}
    }
  }

  private static void shortenWait(
      ContainerUnit unit, int limit, long until, long now, ContainerSink out) {
    unit.order().graceSeconds = seconds(until - now);
    unit.order().stepBegan = now;
    out.armDeadline(limit, ++unit.stopGeneration, Math.max(until, now));
  }

  /** Whole seconds, begun ones counted. */
  private static long seconds(long nanos) {
    return nanos <= 0 ? 0 : Math.ceilDiv(nanos, Times.SECOND);
  }

  private static void exited(
      ContainerUnit unit, ContainerEvent.Exited event, long now, ContainerSink out) {
    if (event.recordId() == unit.recordId) {
      unit.alive = false;
    }
    out.exited(event.recordId(), event.exitCode(), event.reason(), event.message(), now);
    if (unit.operation() == Operation.STOPPING && event.recordId() == unit.recordId) {
      stopOver(unit, ContainerTransition.STOP_EXITED, out);
    }
  }

  /** A stop of an instance that is not there has nothing left to do. */
  private static void gone(ContainerUnit unit, int recordId, ContainerSink out) {
    out.gone(recordId);
    if (recordId == unit.recordId) {
      unit.alive = false;
      stopReturned(unit, ContainerTransition.STOP_GONE, out);
    }
  }

  private static void stopReturned(
      ContainerUnit unit, ContainerTransition transition, ContainerSink out) {
    if (unit.operation() == Operation.STOPPING) {
      stopOver(unit, transition, out);
    }
  }

  /** Rule L-406. */
  private static void stopFailed(
      ContainerUnit unit, ContainerEvent.StopFailed event, ContainerSink out) {
    if (unit.operation() == Operation.STOPPING) {
      if (unit.order().startFails) {
        startDone(
            unit,
            ContainerTransition.STOP_FAILED,
            "PostStartHookError",
            unit.order().startFailure,
            out);
      } else {
        move(unit, ContainerTransition.STOP_FAILED, out);
        out.stopFailed(unit.recordId, event.message());
      }
    }
  }

  private static void stopOver(
      ContainerUnit unit, ContainerTransition transition, ContainerSink out) {
    if (unit.order().startFails) {
      startDone(unit, transition, "PostStartHookError", unit.order().startFailure, out);
    } else {
      move(unit, transition, out);
      out.stopDone(unit.recordId);
    }
  }

  private void deadline(
      ContainerUnit unit, ContainerEvent.DeadlineReached event, long now, ContainerSink out) {
    if (event.id() < ContainerSink.PRE_STOP_LIMIT) {
      probes.deadline(unit, TYPES[event.id() - ContainerSink.TICK], event.generation(), now, out);
    } else if (event.generation() == unit.stopGeneration) {
      limitReached(unit, event.id(), now, out);
    }
  }

  private static void limitReached(ContainerUnit unit, int id, long now, ContainerSink out) {
    if (id == ContainerSink.PRE_STOP_LIMIT && unit.operation() == Operation.PRE_STOP) {
      preStopOver(unit, ContainerTransition.PRE_STOP_LIMIT, Cause.SIGNAL_AT_HOOK_LIMIT, now, out);
    } else if (id == ContainerSink.TURN_LIMIT && unit.operation() == Operation.WAITING_FOR_TURN) {
      spend(unit, now);
      signal(unit, ContainerTransition.TURN_LIMIT, Cause.SIGNAL_AT_TURN_LIMIT, now, out);
    }
  }

  /** The one place where the operation changes. */
  private static void move(ContainerUnit unit, ContainerTransition transition, ContainerSink out) {
    require(unit, unit.operation() == transition.before(), transition.cause());
    unit.operation(transition.after());
    if (unit.operation() == Operation.NONE) {
      unit.order = null;
    }
    out.moved(transition);
  }

  private static void require(ContainerUnit unit, boolean holds, String event) {
    if (!holds) {
      throw new IllegalStateException(
          "cannot take "
              + event
              + " while "
              + unit.operation()
              + ": container="
              + unit.spec.name()
              + " record="
              + unit.recordId);
    }
  }
}
