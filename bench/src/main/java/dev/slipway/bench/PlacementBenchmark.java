package dev.slipway.bench;

import dev.slipway.engine.scheduling.Decision;
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
 * What does placing one pod cost? One operation is a decision over all nodes (or by the reference's
 * sampling), the pod counted on its node, and the oldest of 20 pods per node taken off. Pods of 200
 * templates.
 *
 * <p>{@code ./slipway bench jmh PlacementBenchmark -prof gc}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseCompactObjectHeaders", "-XX:+UseSerialGC"})
public class PlacementBenchmark {
  @Param({"1500", "5000"})
  int nodes;

  @Param({"SIMPLE", "UNIQUE", "OWNED", "SPREAD", "AFFINITY", "HOPELESS"})
  String kind;

  @Param({"full", "sampled"})
  String search;

  private PlacementCluster cluster;

  @Setup
  public void setup() {
    cluster =
        new PlacementCluster(nodes, PlacementCluster.Kind.valueOf(kind), search.equals("sampled"));
  }

  @Benchmark
  public Decision place() {
    return cluster.place();
  }
}
