package dev.slipway.bench;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceStatus;
import dev.slipway.engine.resources.Resources;
import dev.slipway.engine.totals.Contribution;
import dev.slipway.engine.totals.PodEntry;
import dev.slipway.engine.totals.PodKeys;
import dev.slipway.engine.totals.Totals;
import dev.slipway.engine.totals.TotalsImage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does one pod event cost the totals? A pod changes between two sizes, or between phases, in
 * all seven groupings.
 *
 * <p>{@code java -jar bench/target/benchmarks.jar TotalsBenchmark -prof gc}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class TotalsBenchmark {
  private static final int PODS = 1024;
  private static final int NODES = 32;

  private final Totals totals = new Totals();
  private final PodEntry[] pods = new PodEntry[PODS];
  private final Contribution[] resources = new Contribution[2];
  private final Contribution[] charges = new Contribution[2];
  private int turn;

  @Setup
  public void setup() {
    for (int i = 0; i < 2; i++) {
      PodResources pod = pod(i == 0 ? "100m" : "250m", i == 0 ? "128Mi" : "1Gi");
      resources[i] = totals.contribution(pod);
      charges[i] = totals.charge(pod);
    }
    for (int i = 0; i < PODS; i++) {
      var keys =
          new PodKeys("ns" + i % 8, QosClass.BURSTABLE, "ReplicaSet/r" + i % 64, "", false, false);
      pods[i] = totals.add(keys, "n" + i % NODES);
      totals.update(pods[i], PodPhase.RUNNING, true, 0, resources[0], true, charges[0]);
    }
  }

  private static PodResources pod(String cpu, String memory) {
    ResourceList list =
        ResourceList.of(Map.of("cpu", Quantity.parse(cpu), "memory", Quantity.parse(memory)));
    var app = new ContainerResources("app", false, new Resources(list, list));
    return new PodResources(
        List.of(), List.of(app), null, ResourceList.ABSENT, ResourceStatus.NONE);
  }

  /** The pod is resized: requests, limits and quota charge change everywhere. */
  @Benchmark
  public void resourceDelta() {
    int step = turn++;
    PodEntry pod = pods[step & (PODS - 1)];
    int size = (step >> 10) & 1;
    totals.update(pod, PodPhase.RUNNING, true, 0, resources[size], true, charges[size]);
  }

  /** The pod turns ready or unready. */
  @Benchmark
  public void readinessDelta() {
    int step = turn++;
    PodEntry pod = pods[step & (PODS - 1)];
    totals.update(
        pod, PodPhase.RUNNING, ((step >> 10) & 1) == 0, 0, resources[0], true, charges[0]);
  }

  /** An image after one pod has changed. */
  @Benchmark
  public TotalsImage image() {
    readinessDelta();
    return totals.image();
  }
}
