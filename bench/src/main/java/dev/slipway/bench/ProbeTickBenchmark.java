package dev.slipway.bench;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.ContainerEvent.Outcome;
import dev.slipway.engine.event.ContainerSink;
import dev.slipway.engine.event.PodSink.Observation;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.state.ContainerUnit;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.ProbeWorker;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one probe cost that changes nothing: the tick, the order to execute it, its result, the
 * next deadline? Over one container that stays in the cache, and over many in random order.
 *
 * <p>{@code java -jar bench/target/benchmarks.jar ProbeTickBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {
      "-Xms1g",
      "-Xmx1g",
      "-XX:+AlwaysPreTouch",
      "-XX:+UseCompactObjectHeaders",
      "-XX:+UseTransparentHugePages",
      "-XX:+UseSerialGC"
    })
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class ProbeTickBenchmark {
  @Param({"1", "100000"})
  int containers;

  private final ProbeRules rules = new ProbeRules(ProbeRules.Jitter.NONE);
  private final Sink sink = new Sink();
  private ContainerUnit[] units;
  private int[] order;
  private int at;
  private long now;

  @Setup
  public void start() {
    units = new ContainerUnit[containers];
    var spec = SteadyPods.container("app", null);
    byte running = Observation.of(Observation.RUNNING, true, true, false);
    for (int k = 0; k < containers; k++) {
      ContainerUnit unit = new ContainerUnit(spec);
      unit.probes().observation = running;
      unit.probes().observedRecord = 1;
      unit.probes().observedStart = 0;
      units[k] = unit;
      rules.ensure(unit, false, now, sink);
      rules.done(unit, ProbeType.READINESS, Outcome.SUCCESS, "", now, sink);
    }
    order = SteadyPods.randomOrder(containers);
    System.gc();
  }

  @Benchmark
  public long tickAndResultThatChangesNothing() {
    at = at + 1 == containers ? 0 : at + 1;
    ContainerUnit unit = units[order[at]];
    ProbeWorker worker = unit.worker(ProbeType.READINESS);
    if (worker == null) {
      throw new IllegalStateException("the container has lost its worker");
    }
    now = Math.max(now + 1, worker.nextTick);
    rules.deadline(unit, ProbeType.READINESS, worker.generation, now, sink);
    rules.done(unit, ProbeType.READINESS, Outcome.SUCCESS, "", now + Times.MILLI, sink);
    return sink.calls;
  }

  /** Counts. */
  private static final class Sink implements ContainerSink {
    long calls;

    @Override
    public void createContainer(int attempt) {
      calls++;
    }

    @Override
    public void startProcess() {
      calls++;
    }

    @Override
    public void runHook(ContainerEvent.Hook hook) {
      calls++;
    }

    @Override
    public void stopProcess(long graceSeconds) {
      calls++;
    }

    @Override
    public void execProbe(ProbeType type, int recordId) {
      calls++;
    }

    @Override
    public void created(int recordId) {
      calls++;
    }

    @Override
    public void started(int recordId, long at) {
      calls++;
    }

    @Override
    public void startDone(int recordId, String reason, String message) {
      calls++;
    }

    @Override
    public void exited(int recordId, int exitCode, String reason, String message, long at) {
      calls++;
    }

    @Override
    public void stopFailed(int recordId, String message) {}

    @Override
    public void unknown(int recordId) {}

    @Override
    public void gone(int recordId) {}

    @Override
    public void stopDone(int recordId) {
      calls++;
    }

    @Override
    public void probeResult(ProbeType type, int recordId, ProbeResult result) {
      calls++;
    }

    @Override
    public void workerEnded(ProbeType type) {
      calls++;
    }

    @Override
    public void recordEvent(String type, String reason, String message) {
      calls++;
    }

    @Override
    public void armDeadline(int id, int generation, long at) {
      calls++;
    }

    @Override
    public void cancelDeadline(int id) {
      calls++;
    }
  }
}
