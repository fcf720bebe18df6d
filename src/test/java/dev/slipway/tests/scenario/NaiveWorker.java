package dev.slipway.tests.scenario;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodSink.Observation;
import dev.slipway.engine.state.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A probe worker that looks at every tick, as the probe rules of sections 3 to 5 say it and nothing
 * else: the slow model the engine's parked workers are held against (rule P-118).
 */
final class NaiveWorker {
  private final ProbeTrace trace;
  private final List<String> log = new ArrayList<>();
  private ProbeTrace.@Nullable Change seen;
  private ProbeResult cached = ProbeResult.NONE;
  private ProbeResult last = ProbeResult.SUCCESS;
  private int record;
  private int run;
  private boolean onHold;
  private boolean ended;
  private long base;
  private long nextTick;
  private long probeBegan = Times.NONE;
  private long probeEnds = Times.NONE;
  private boolean tickRemembered;
  private boolean triggered;

  private NaiveWorker(ProbeTrace trace) {
    this.trace = trace;
  }

  /** Executions and changes of the cached result, with their times. */
  static List<String> live(ProbeTrace trace) {
    NaiveWorker worker = new NaiveWorker(trace);
    worker.live();
    return worker.log;
  }

  private long period() {
    return trace.spec.periodSeconds() * Times.SECOND;
  }

  private void live() {
    List<ProbeTrace.Change> changes = new ArrayList<>(trace.changes);
    List<Long> triggers = new ArrayList<>(trace.triggers);
    nextTick = base;
    while (!ended) {
      long change = changes.isEmpty() ? Long.MAX_VALUE : changes.getFirst().at();
      long trigger = triggers.isEmpty() ? Long.MAX_VALUE : triggers.getFirst();
      long end = probeEnds == Times.NONE ? Long.MAX_VALUE : probeEnds;
      long now = Math.min(Math.min(change, trigger), Math.min(end, nextTick));
      if (now > ProbeTrace.LENGTH) {
        return;
      }
      // A tick at the very end of a probe finds it running and is remembered (P-022).
      if (now == nextTick) {
        nextTick += period();
        tick(now);
      } else if (now == end) {
        answered(now);
      } else if (now == change) {
        seen = changes.removeFirst();
      } else {
        triggers.removeFirst();
        trigger(now);
      }
    }
  }

  private void tick(long now) {
    if (probeEnds != Times.NONE) {
      tickRemembered = true;
    } else {
      evaluate(now);
    }
  }

  private void trigger(long now) {
    if (probeEnds != Times.NONE) {
      triggered = true;
      return;
    }
    triggered = false;
    tickRemembered = false;
    base = now;
    nextTick = base + period();
    evaluate(now);
  }

  private void evaluate(long now) {
    ProbeTrace.Change status = seen;
    if (status == null) {
      return;
    }
    if (Observation.podTerminal(status.observation())) {
      end(now);
      return;
    }
    if (record != status.record()) {
      record = status.record();
      onHold = false;
      cache(ProbeResult.NONE, now);
      cache(initial(), now);
    }
    if (onHold) {
      return;
    }
    byte state = Observation.state(status.observation());
    if (state != Observation.RUNNING) {
      cache(ProbeResult.FAILURE, now);
      if (state == Observation.TERMINATED && !Observation.goesOn(status.observation())) {
        end(now);
      }
      return;
    }
    long age = now - status.startedAt() / Times.SECOND * Times.SECOND;
    boolean started = Observation.started(status.observation());
    if (age / Times.SECOND >= trace.spec.initialDelaySeconds()
        && started == (trace.type != ProbeType.STARTUP)) {
      log.add(now + " probe");
      probeBegan = now;
      probeEnds = now + trace.duration(now);
    }
  }

  private ProbeResult initial() {
    return switch (trace.type) {
      case STARTUP -> ProbeResult.UNKNOWN;
      case LIVENESS -> ProbeResult.SUCCESS;
      case READINESS -> ProbeResult.FAILURE;
    };
  }

  private void answered(long now) {
    ProbeResult result = trace.succeeds(probeBegan) ? ProbeResult.SUCCESS : ProbeResult.FAILURE;
    probeEnds = Times.NONE;
    run = result == last ? run + 1 : 1;
    last = result;
    boolean failure = result == ProbeResult.FAILURE;
    if (run >= (failure ? trace.spec.failureThreshold() : trace.spec.successThreshold())) {
      cache(result, now);
      if (trace.type == ProbeType.STARTUP || (trace.type == ProbeType.LIVENESS && failure)) {
        onHold = true;
        run = 0;
      }
    }
    if (triggered) {
      trigger(now);
    } else if (tickRemembered) {
      tickRemembered = false;
      evaluate(now);
    }
  }

  private void cache(ProbeResult value, long now) {
    if (cached != value) {
      cached = value;
      log.add(now + " " + value);
    }
  }

  private void end(long now) {
    cache(ProbeResult.NONE, now);
    ended = true;
  }
}
