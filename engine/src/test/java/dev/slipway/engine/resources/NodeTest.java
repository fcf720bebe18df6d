package dev.slipway.engine.resources;

import static dev.slipway.engine.resources.PodText.list;
import static dev.slipway.engine.resources.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.EvictionRanking.Candidate;
import dev.slipway.engine.resources.EvictionRanking.FsUsage;
import dev.slipway.engine.resources.EvictionRanking.Layout;
import dev.slipway.engine.resources.EvictionRanking.Signal;
import dev.slipway.engine.resources.EvictionRanking.Stats;
import dev.slipway.engine.resources.ResourceScores.ShapePoint;
import dev.slipway.engine.resources.ResourceScores.Strategy;
import dev.slipway.engine.resources.ResourceScores.Weighted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules, rows V-S, V-N, V-E and V-X06 of the specification. */
class NodeTest {
  private static final List<Weighted> CPU_MEMORY =
      List.of(new Weighted("cpu", 1), new Weighted("memory", 1));
  private static final List<ShapePoint> RISING =
      List.of(new ShapePoint(0, 0), new ShapePoint(100, 10));
  private static final List<ShapePoint> FALLING =
      List.of(new ShapePoint(0, 10), new ShapePoint(100, 0));

  private static NodeUsage n1() {
    return NodeUsage.of(list("c=8 m=32Gi pods=110"), List.of(pod("A c=3 m=8Gi")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-S03 | c=3 m=8Gi | A c=1 m=4Gi    | 75
          V-S04 | c=3 m=8Gi | A c=200m m=8Gi | 76
          V-S05 | c=3 m=8Gi | A c=3 m=0      | 66
          V-S06 | c=0 m=0   | A c=4 m=4Gi    | 65
          """)
  void balanced(String id, String used, String pod, long score) {
    NodeUsage node = NodeUsage.of(list("c=8 m=32Gi pods=110"), List.of(pod("A " + used)));
    assertThat(ResourceScores.balanced(List.of("cpu", "memory"), pod(pod), node)).hasValue(score);
  }

  @Test
  void leastAndMostAllocated() {
    PodResources pod = pod("A c=1 m=4Gi");
    assertThat(ResourceScores.fit(new Strategy.LeastAllocated(CPU_MEMORY), pod, n1()))
        .isEqualTo(56);
    assertThat(ResourceScores.fit(new Strategy.MostAllocated(CPU_MEMORY), pod, n1())).isEqualTo(43);
    PodResources tooLarge = pod("A c=64 m=640Gi");
    assertThat(ResourceScores.fit(new Strategy.LeastAllocated(CPU_MEMORY), tooLarge, n1()))
        .isZero();
    assertThat(ResourceScores.fit(new Strategy.MostAllocated(CPU_MEMORY), tooLarge, n1()))
        .isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({"c=4 m=10000,37,41,38", "c=6 m=10000,50,50,50"})
  void weightsAndShapes(String allocatable, long least, long memoryTwice, long ratio) {
    NodeUsage node = NodeUsage.empty(list(allocatable + " pods=10"));
    PodResources pod = pod("A c=3 m=5000");
    var weighted = List.of(new Weighted("cpu", 1), new Weighted("memory", 2));
    assertThat(ResourceScores.fit(new Strategy.LeastAllocated(CPU_MEMORY), pod, node))
        .isEqualTo(least);
    assertThat(ResourceScores.fit(new Strategy.LeastAllocated(weighted), pod, node))
        .isEqualTo(memoryTwice);
    assertThat(
            ResourceScores.fit(
                new Strategy.RequestedToCapacityRatio(CPU_MEMORY, FALLING), pod, node))
        .isEqualTo(ratio);
  }

  @Test
  void aRisingShapeFillsNodes() {
    NodeUsage node =
        NodeUsage.of(list("c=8 m=32Gi nvidia.com/gpu=4 pods=110"), List.of(pod("A c=3 m=8Gi")));
    var resources =
        List.of(
            new Weighted("cpu", 1), new Weighted("memory", 1), new Weighted("nvidia.com/gpu", 3));
    assertThat(
            ResourceScores.fit(
                new Strategy.RequestedToCapacityRatio(resources, RISING),
                pod("A c=1 m=4Gi nvidia.com/gpu=2"),
                node))
        .isEqualTo(47);
  }

  @Test
  void containersThatNameNothingCountInScoresOnly() {
    PodSchedulerRequest request = PodSchedulerRequest.of(pod("S; A"));
    assertThat(request.nonZeroMilliCpu()).isEqualTo(200);
    assertThat(request.nonZeroMemory()).isEqualTo(400L << 20);
    assertThat(request.requested()).isEqualTo(SchedulerVector.ZERO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-S13 | c=4 pods=110 | A c=3900m | A c=100m           | []
          V-S13 | c=4 pods=110 | A c=3900m | A c=101m           | [Insufficient cpu false]
          V-S13 | c=4 pods=110 | A c=3900m | A c=5              | [Insufficient cpu true]
          V-S14 | c=4 pods=1   | A         | A                  | [Too many pods false]
          V-S15 | c=4 pods=110 | A         | A nvidia.com/gpu=1 | [Insufficient nvidia.com/gpu true]
          """)
  void fits(String id, String allocatable, String used, String pod, String shortages) {
    NodeUsage node = NodeUsage.of(list(allocatable), List.of(pod(used)));
    assertThat(
            ResourceFit.DEFAULT.shortages(ResourceFit.request(pod(pod)), node).stream()
                .map(shortage -> shortage.reason() + " " + shortage.unresolvable())
                .toList())
        .hasToString(shortages);
  }

  @Test
  void amountsAreRoundedPerPod() {
    var pods = new ArrayList<PodResources>();
    for (int i = 0; i < 10; i++) {
      pods.add(pod("A m=100m"));
    }
    assertThat(NodeUsage.of(list("m=1Gi"), pods).requested().memory()).isEqualTo(10);
    SchedulerVector seed =
        ResourceFit.request(
            pod("I c=300m m=200Mi; S c=100m m=64Mi; A c=150m m=128Mi; O c=50m m=20Mi"));
    assertThat(seed.milliCpu()).isEqualTo(350);
    assertThat(seed.memory()).isEqualTo(230686720);
  }

  private static NodeAllocatable node(String capacity, String kube, String system) {
    return new NodeAllocatable(
        list(capacity),
        list(kube),
        list(system),
        Map.of(
            "memory.available", EvictionThreshold.parse("100Mi"),
            "nodefs.available", EvictionThreshold.parse("10%")));
  }

  @Test
  void allocatableAndItsCgroup() {
    NodeAllocatable node = node("c=8 m=16Gi", "c=200m m=512Mi", "c=300m m=512Mi");
    assertThat(node.allocatable()).isEqualTo(list("c=7500m m=15260Mi"));
    assertThat(node.kubepodsCgroup().memory()).isEqualTo(16106127360L);
    assertThat(node.kubepodsCgroup().cpuShares()).isEqualTo(7680);
    assertThat(
            node("m=16Gi hugepages-2Mi=1Gi", "m=512Mi", "m=512Mi")
                .allocatable()
                .getOrZero("memory"))
        .hasToString("14236Mi");
    assertThat(node("e=100Gi", "-", "-").allocatable().getOrZero("ephemeral-storage").value())
        .isEqualTo(96636764000L);
    NodeAllocatable tooMuch = node("m=1Gi", "m=2Gi", "-");
    assertThat(tooMuch.isInvalid()).isTrue();
    assertThat(tooMuch.allocatable().getOrZero("memory")).isEqualTo(Quantity.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN%", "101%", "-1%", "10 %", "%", "0", "-1Gi", "", "inf%", "1f%"})
  void thresholdsThatMakeNoSense(String text) {
    assertThatThrownBy(() -> EvictionThreshold.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Candidate candidate(String name, int priority, String pod, String usage) {
    long bytes = Quantity.parse(usage).value();
    return new Candidate(
        name, priority, pod(pod), new Stats(bytes, FsUsage.NONE, FsUsage.NONE, FsUsage.NONE, 1));
  }

  private static String order(Candidate... candidates) {
    return String.join(
        " ",
        EvictionRanking.order(Signal.MEMORY_AVAILABLE, Layout.SHARED, List.of(candidates)).stream()
            .map(group -> group.get(0).name())
            .toList());
  }

  @Test
  void evictionOrder() {
    assertThat(
            order(
                candidate("h", 9, "A m=1Gi", "200Mi"),
                candidate("g", 9, "A m=1Gi", "800Mi"),
                candidate("f", 1, "A m=1Gi", "200Mi"),
                candidate("e", 1, "A m=1Gi", "800Mi"),
                candidate("d", 9, "A m=100Mi", "150Mi"),
                candidate("c", 9, "A m=100Mi", "600Mi"),
                candidate("b", 1, "A", "50Mi"),
                candidate("a", 1, "A", "500Mi")))
        .isEqualTo("a b c d e f g h");
    assertThat(
            order(
                candidate("x", -1, "A m=200Mi", "199Mi"), candidate("y", 1, "A m=100Mi", "101Mi")))
        .isEqualTo("y x");
    assertThat(
            order(
                candidate("under", -5, "A c=1/1 m=1Gi/1Gi", "900Mi"),
                candidate("over", 1_000_000, "A m=1Gi", "1.1Gi")))
        .isEqualTo("over under");
  }

  @Test
  void overheadCountsOnTopOfARequestOnly() {
    assertThat(EvictionRanking.request(pod("A m=100Mi; O m=50Mi"), "memory")).hasToString("150Mi");
    assertThat(EvictionRanking.request(pod("A; O m=50Mi"), "memory")).hasToString("0");
  }

  @Test
  void podsWithoutStatisticsGoFirst() {
    var unknown = new Candidate("unknown", 5, pod("A"), null);
    assertThat(order(candidate("known", 0, "A", "1Gi"), unknown)).isEqualTo("unknown known");
  }
}
