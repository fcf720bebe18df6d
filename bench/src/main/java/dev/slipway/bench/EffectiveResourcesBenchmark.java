package dev.slipway.bench;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.QosRules;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceOptions;
import dev.slipway.engine.resources.ResourceStatus;
import dev.slipway.engine.resources.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does an effective request cost? Pods as in the reference's own benchmark: every container
 * has cpu and memory requests and limits; 1 app; sidecar, init, app; 3 sidecars, 2 init, 5 apps.
 *
 * <p>{@code java -jar bench/target/benchmarks.jar EffectiveResourcesBenchmark -prof gc}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(
    value = 2,
    jvmArgsAppend = {"-XX:+UseCompactObjectHeaders", "-XX:+UseSerialGC"})
public class EffectiveResourcesBenchmark {
  @Param({"1", "3", "10"})
  int containers;

  private PodResources pod;

  @Setup
  public void setup() {
    pod =
        switch (containers) {
          case 1 -> pod(0, 0, 1);
          case 3 -> pod(1, 1, 1);
          default -> pod(3, 2, 5);
        };
  }

  private static PodResources pod(int sidecars, int inits, int apps) {
    var initContainers = new ArrayList<ContainerResources>();
    initContainers.addAll(containers("s", sidecars, true));
    initContainers.addAll(containers("i", inits, false));
    return new PodResources(
        initContainers,
        containers("c", apps, false),
        null,
        ResourceList.ABSENT,
        ResourceStatus.NONE);
  }

  private static List<ContainerResources> containers(String prefix, int count, boolean always) {
    var list = new ArrayList<ContainerResources>();
    for (int i = 0; i < count; i++) {
      var resources = new Resources(amounts("100m", "128Mi"), amounts("200m", "256Mi"));
      list.add(new ContainerResources(prefix + i, always, resources));
    }
    return list;
  }

  private static ResourceList amounts(String cpu, String memory) {
    return ResourceList.of(Map.of("cpu", Quantity.parse(cpu), "memory", Quantity.parse(memory)));
  }

  @Benchmark
  public ResourceList podRequests() {
    return EffectiveResources.podRequests(pod, ResourceOptions.SPEC);
  }

  @Benchmark
  public ResourceList podRequestsWithStatus() {
    return EffectiveResources.podRequests(pod, ResourceOptions.SCHEDULER);
  }

  @Benchmark
  public ResourceList podLimits() {
    return EffectiveResources.podLimits(pod, ResourceOptions.SPEC);
  }

  @Benchmark
  public QosClass qosClass() {
    return QosRules.compute(pod);
  }
}
