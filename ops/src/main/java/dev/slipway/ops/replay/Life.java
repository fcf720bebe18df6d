package dev.slipway.ops.replay;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.replay.EndlessInstantException;
import dev.slipway.engine.replay.PodHost;
import dev.slipway.engine.replay.PodObserver;
import dev.slipway.engine.replay.VirtualDriver;
import dev.slipway.engine.resources.Eviction;
import dev.slipway.engine.runtime.PodScript;
import dev.slipway.engine.runtime.RuntimeLog;
import dev.slipway.engine.runtime.ScriptedRuntime;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.PodTransition;
import dev.slipway.engine.state.TerminationRequest;
import dev.slipway.engine.state.Transition;
import java.util.BitSet;

/**
 * The life of one pod on its node, from the moment it is bound: a function of its arguments alone.
 * That is what makes a run the same on any number of threads, and what lets a life be run once more
 * when something cuts it short.
 */
final class Life implements PodObserver, RuntimeLog {
  private static final String LOW_ON_MEMORY = "The node was low on resource: memory. ";

  private final VirtualDriver driver;
  private final PodShape shape;
  private final LifeLog log;
  private final RuntimeLog also;
  private final BitSet appsUp = new BitSet();
  private boolean ready;
  private boolean over;

  /**
   * What a life depends on.
   *
   * @param deletion when deletion is asked for, {@link Times#NONE}: never
   * @param eviction when the node evicts it for want of memory, {@link Times#NONE}: never
   * @param horizon the run ends there
   */
  record Terms(Profile profile, long boundAt, long deletion, long eviction, long horizon) {}

  private Life(VirtualDriver driver, PodShape shape, LifeLog log, RuntimeLog also) {
    this.driver = driver;
    this.shape = shape;
    this.log = log;
    this.also = also;
  }

  /** Runs the life of a pod. */
  static LifeLog run(PodInput pod, Terms terms) {
    return run(pod, terms, (op, container, attempt, detail, reason, now) -> {});
  }

  /** The same with somebody who sees what the runtime does. */
  static LifeLog run(PodInput pod, Terms terms, TimedLog also) {
    var driver = new VirtualDriver(terms.profile(), terms.boundAt());
    var log = new LifeLog(terms.boundAt());
    PodShape shape = pod.shape();
    var life =
        new Life(
            driver,
            shape,
            log,
            (op, container, attempt, detail, reason) ->
                also.note(op, container, attempt, detail, reason, driver.now()));
    PodScript script = pod.script();
    var runtime = new ScriptedRuntime(shape, script.sandbox(), script.containers(), life);
    PodHost host = driver.add(new PodState(pod.meta(), shape, false), runtime, life);
    schedule(driver, host, terms);
    try {
      while (!life.over && driver.nextTime() <= terms.horizon()) {
        driver.runNext();
      }
    } catch (EndlessInstantException e) {
      log.freedAt = driver.now();
      log.reason = "EndlessInstant";
    }
    log.events = driver.delivered();
    return log.trimmed();
  }

  /** A runtime log with times. */
  @FunctionalInterface
  interface TimedLog {
    void note(Op op, int container, int attempt, long detail, String reason, long now);
  }

  private static void schedule(VirtualDriver driver, PodHost host, Terms terms) {
    if (terms.deletion() != Times.NONE && terms.deletion() <= terms.horizon()) {
      long at = Math.max(terms.deletion(), terms.boundAt());
      driver.at(at, () -> host.delete(null, driver.now()));
    }
    if (terms.eviction() != Times.NONE) {
      driver.at(terms.eviction(), () -> host.toPod(evict(host)));
    }
  }

  private static PodEvent evict(PodHost host) {
    Long grace = host.state().shape.spec.terminationGracePeriodSeconds();
    return new PodEvent.TerminateRequested(
        Eviction.graceSeconds(false, 0, grace),
        new TerminationRequest(Eviction.REASON, LOW_ON_MEMORY, LOW_ON_MEMORY, false, true));
  }

  // What the pod does toward the API.

  @Override
  public void status(PodHost pod, long now) {
    PodState state = pod.state();
    log.phase = state.apiPhase;
    if (log.initializedAt == Times.NONE && state.isTrue(OwnedCondition.INITIALIZED)) {
      log.initializedAt = now;
    }
    ready(state.isTrue(OwnedCondition.READY), now);
    if (state.apiPhase != null && state.apiPhase.terminal()) {
      log.reason = state.apiReason;
      free(now);
      over |= state.worker == PodState.Worker.FINISHED;
    }
  }

  private void ready(boolean isReady, long now) {
    if (isReady != ready) {
      ready = isReady;
      log.mark(isReady ? LifeLog.Mark.READY : LifeLog.Mark.UNREADY, 0, now);
      log.readyAt = log.readyAt == Times.NONE && isReady ? now : log.readyAt;
    }
  }

  private void free(long now) {
    log.freedAt = log.freedAt == Times.NONE ? now : log.freedAt;
  }

  @Override
  public void removed(PodHost pod, long now) {
    ready(false, now);
    log.removed = true;
    free(now);
    over = true;
  }

  @Override
  public void moved(PodHost pod, int container, Transition transition, long now) {
    over |= transition == PodTransition.CLOSED && log.freedAt != Times.NONE;
  }

  @Override
  public void event(
      PodHost pod, String type, String reason, int container, String message, long now) {}

  // What the runtime does.

  @Override
  public void note(Op op, int container, int attempt, long detail, String reason) {
    long now = driver.now();
    also.note(op, container, attempt, detail, reason);
    switch (op) {
      case SANDBOX_READY -> log.sandboxAt = log.sandboxAt == Times.NONE ? now : log.sandboxAt;
      case STARTED -> started(container, attempt, now);
      case EXITED -> log.mark(LifeLog.Mark.EXITED, container, now);
      default -> {}
    }
  }

  private void started(int container, int attempt, long now) {
    log.mark(attempt > 0 ? LifeLog.Mark.RESTARTED : LifeLog.Mark.STARTED, container, now);
    log.restarts += attempt > 0 ? 1 : 0;
    if (shape.isApp(container)) {
      appsUp.set(container);
      boolean all = appsUp.cardinality() == shape.ephemeralStart - shape.appStart;
      log.startedAt = log.startedAt == Times.NONE && all ? now : log.startedAt;
    }
  }

  /** The phase a pod without one counts as. */
  static PodPhase phase(LifeLog log) {
    return log.phase == null ? PodPhase.PENDING : log.phase;
  }
}
