package dev.slipway.bench;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ProbeResult;
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
 * What does one thing that happens to a running pod cost, with the passes it causes: over one pod
 * that stays in the cache, and over many in random order.
 *
 * <p>{@code java -jar bench/target/benchmarks.jar PodStepBenchmark -prof gc}
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
public class PodStepBenchmark {
  /** Longer than the restart back-off remembers: no restart is ever delayed. */
  private static final long LONG_LIFE = 700 * Times.SECOND;

  @Param({"1", "100000"})
  int pods;

  private SteadyPods steady;
  private PodEvent[] unready;
  private PodEvent[] ready;
  private PodEvent[] unchanged;
  private int at;

  @Setup
  public void start() {
    steady = new SteadyPods(pods);
    unready = new PodEvent[pods];
    ready = new PodEvent[pods];
    unchanged = new PodEvent[pods];
    for (int k = 0; k < pods; k++) {
      PodState pod = steady.pods[k];
      unready[k] = SteadyPods.readiness(pod, SteadyPods.APP, ProbeResult.FAILURE);
      ready[k] = SteadyPods.readiness(pod, SteadyPods.APP, ProbeResult.SUCCESS);
      unchanged[k] = new PodEvent.Changed(pod.apiMeta, pod.apiShape);
    }
    // A pod's objects lie together, as after some hours; without this they lie among the garbage of
    // the start.
    System.gc();
  }

  private int next() {
    at = at + 1 == pods ? 0 : at + 1;
    return steady.order[at];
  }

  /** A pass that finds nothing to do: the object came again, unchanged. Two events. */
  @Benchmark
  public long passWithNothingToDo() {
    int k = next();
    steady.now += Times.MILLI;
    step(k, unchanged[k]);
    return steady.sink.effects;
  }

  /** Readiness is lost and comes back: two status writes, the passes between. */
  @Benchmark
  public long readinessFlip() {
    int k = next();
    steady.now += Times.MILLI;
    step(k, unready[k]);
    steady.now += Times.MILLI;
    step(k, ready[k]);
    return steady.sink.effects;
  }

  /** The app container exits and is started again: exit, pass, created, started, done, pass. */
  @Benchmark
  public long exitAndRestart() {
    int k = next();
    PodState pod = steady.pods[k];
    steady.now += LONG_LIFE;
    var running = pod.slots[SteadyPods.APP].newest;
    int record = running == null ? 0 : running.id;
    step(k, new PodEvent.ContainerExited(SteadyPods.APP, record, 1, "Error", "", steady.now));
    int made = steady.sink.startedRecord;
    step(k, new PodEvent.ContainerCreated(SteadyPods.APP, made));
    step(k, new PodEvent.ContainerStarted(SteadyPods.APP, made, steady.now));
    step(k, new PodEvent.StartDone(SteadyPods.APP, made, "", ""));
    return steady.sink.effects;
  }

  private void step(int k, PodEvent event) {
    PodState pod = steady.pods[k];
    steady.lifecycle.step(pod, event, steady.now, steady.sink);
    steady.wake(pod);
  }
}
