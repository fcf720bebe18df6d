package dev.slipway.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.ContainerEvent.Outcome;
import dev.slipway.engine.event.ContainerSink;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.state.ContainerUnit;
import dev.slipway.engine.state.ProbeResult;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Scenario PT-55: a worker that sleeps while it can do nothing does what one that looks at every
 * tick does (rule P-118). {@code -Dslipway.probe.traces=N} compares N traces.
 */
final class ParkedWorkerTest {
  private static final int TRACES = Integer.getInteger("slipway.probe.traces", 10_000);

  @Test
  void parkedWorkersDoWhatNaiveOnesDo() {
    int executions = 0;
    for (long seed = 1; seed <= TRACES; seed++) {
      ProbeTrace trace = new ProbeTrace(seed);
      List<String> naive = NaiveWorker.live(trace);
      assertThat(new Parked(trace).live())
          .as("seed %d: %s %s %s %s", seed, trace.type, trace.spec, trace.changes, trace.triggers)
          .isEqualTo(naive);
      executions += naive.size();
    }
    assertThat(executions).isGreaterThan(TRACES);
  }

  /** The engine's worker on the same trace. */
  private static final class Parked {
    private final ProbeTrace trace;
    private final ProbeRules rules = new ProbeRules(ProbeRules.Jitter.NONE);
    private final ContainerUnit unit;
    private final List<String> log = new ArrayList<>();
    private long now;
    private long tick = Times.NONE;
    private int generation;
    private long probeBegan = Times.NONE;
    private long probeEnds = Times.NONE;

    Parked(ProbeTrace trace) {
      this.trace = trace;
      this.unit = new ContainerUnit(spec(trace));
    }

    private static ContainerSpec spec(ProbeTrace trace) {
      return new ContainerSpec(
          "a1",
          "a1:1",
          ImagePullPolicy.IF_NOT_PRESENT,
          null,
          List.of(),
          of(trace, ProbeType.STARTUP),
          of(trace, ProbeType.LIVENESS),
          of(trace, ProbeType.READINESS),
          null,
          null,
          "",
          ResourceRequirements.NONE,
          List.of(),
          List.of());
    }

    private static @Nullable ProbeSpec of(ProbeTrace trace, ProbeType type) {
      return trace.type == type ? trace.spec : null;
    }

    List<String> live() {
      ContainerSink sink = sink();
      List<ProbeTrace.Change> changes = new ArrayList<>(trace.changes);
      List<Long> triggers = new ArrayList<>(trace.triggers);
      rules.ensure(unit, false, 0, sink);
      while (true) {
        long change = changes.isEmpty() ? Long.MAX_VALUE : changes.getFirst().at();
        long trigger = triggers.isEmpty() ? Long.MAX_VALUE : triggers.getFirst();
        long end = probeEnds == Times.NONE ? Long.MAX_VALUE : probeEnds;
        long due = tick == Times.NONE ? Long.MAX_VALUE : tick;
        now = Math.min(Math.min(change, trigger), Math.min(end, due));
        if (now > ProbeTrace.LENGTH) {
          return log;
        }
        if (now == end) {
          probeEnds = Times.NONE;
          Outcome outcome = trace.succeeds(probeBegan) ? Outcome.SUCCESS : Outcome.FAILURE;
          rules.done(unit, trace.type, outcome, "", now, sink);
        } else if (now == due) {
          tick = Times.NONE;
          rules.deadline(unit, trace.type, generation, now, sink);
        } else if (now == change) {
          ProbeTrace.Change next = changes.removeFirst();
          unit.probes().observation = next.observation();
          unit.probes().observedRecord = next.record();
          unit.probes().observedStart = next.startedAt();
          rules.observed(unit, now, sink);
        } else {
          triggers.removeFirst();
          rules.trigger(unit, now, sink);
        }
      }
    }

    private ContainerSink sink() {
      return (ContainerSink)
          Proxy.newProxyInstance(
              ContainerSink.class.getClassLoader(),
              new Class<?>[] {ContainerSink.class},
              (_, method, arguments) -> {
                take(method.getName(), arguments);
                return null;
              });
    }

    private void take(String order, Object[] arguments) {
      switch (order) {
        case "execProbe" -> {
          log.add(now + " probe");
          probeBegan = now;
          probeEnds = now + trace.duration(now);
        }
        case "probeResult" -> log.add(now + " " + (ProbeResult) arguments[2]);
        case "armDeadline" -> {
          generation = (Integer) arguments[1];
          tick = (Long) arguments[2];
        }
        case "cancelDeadline" -> tick = Times.NONE;
        default -> {}
      }
    }
  }
}
