package dev.slipway.engine.resources;

import static dev.slipway.engine.resources.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules, rows V-G, V-O and V-X07 of the specification. */
class CgroupTest {
  @ParameterizedTest
  @CsvSource({
    "0,2,1,1,0,0",
    "1,2,1,1,1000,1000",
    "10,10,1,4,1000,1000",
    "50,51,2,11,5000,1000",
    "100,102,4,17,10000,1000",
    "110,112,5,19,11000,1000",
    "200,204,8,29,20000,1000",
    "250,256,10,35,25000,1250",
    "500,512,20,59,50000,2500",
    "1000,1024,39,100,100000,5000",
    "1500,1536,59,138,150000,7500",
    "2000,2048,79,174,200000,10000",
    "4000,4096,157,303,400000,20000",
    "8000,8192,313,532,800000,40000",
    "16000,16384,625,942,1600000,80000",
    "64000,65536,2500,3023,6400000,320000",
    "300000,262144,10000,10000,30000000,1500000"
  })
  void cpuConversions(
      long milli, long shares, long linear, long quadratic, long quota, long quota5ms) {
    assertThat(CpuConversions.shares(milli)).isEqualTo(shares);
    assertThat(CpuConversions.weightLinear(shares)).isEqualTo(linear);
    assertThat(CpuConversions.weightQuadratic(shares)).isEqualTo(quadratic);
    assertThat(CpuConversions.quota(milli, 100_000)).isEqualTo(quota);
    assertThat(CpuConversions.quota(milli, 5_000)).isEqualTo(quota5ms);
  }

  @ParameterizedTest
  @CsvSource({"2,2", "3,3", "102,100", "256,250", "340,333", "1024,1000"})
  void milliOfShares(long shares, long milli) {
    assertThat(CpuConversions.milliOfShares(shares)).isEqualTo(milli);
  }

  @ParameterizedTest
  @CsvSource({"1,2", "4,80", "39,998", "100,2597", "10000,262144"})
  void sharesOfWeight(long weight, long shares) {
    assertThat(CpuConversions.sharesOfWeight(weight)).isEqualTo(shares);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-G20 | A                                                        | 2   |        |
          V-G21 | A c=100m m=100Mi                                         | 102 |        |
          V-G22 | A c=100m/200m m=100Mi/200Mi                              | 102 | 20000  | 209715200
          V-G23 | A c=100m/200m m=100Mi/200Mi; A c=100m m=100Mi            | 204 |        |
          V-G26 | A c=100m/100m m=100Mi/100Mi                              | 102 | 10000  | 104857600
          V-G27 | A c=100m/200m m=100Mi/200Mi; I                           | 102 |        |
          V-G27 | S c=100m/200m m=100Mi/200Mi; I; A c=100m/200m m=100Mi/200Mi | 204 |     |
          V-G28 | P c=100m/200m m=100Mi/200Mi; A                           | 102 | 20000  | 209715200
          V-G29 | P c=200m m=300Mi; A c=200m/200m m=200Mi/200Mi            | 204 | 20000  | 209715200
          V-G30 | S c=50m/100m m=/64Mi; A c=200m/500m m=128Mi/256Mi; O c=100m m=50Mi | 358 | 70000 | 387973120
          V-G31 | A c=5m/5m m=1Gi/1Gi                                      | 5   | 1000   | 1073741824
          V-X07 | I c=300m/600m m=200Mi/400Mi; S c=100m/200m m=64Mi/128Mi; A c=150m/300m m=128Mi/256Mi; O c=50m m=20Mi | 358 | 65000 | 440401920
          V-X09 | I c=300m/600m m=200Mi/400Mi; S c=100m/200m m=64Mi/128Mi; A c=150m/300m m=128Mi; O c=50m m=20Mi | 358 | 65000 |
          """)
  void podValues(String id, String pod, long shares, @Nullable Long quota, @Nullable Long memory) {
    CgroupValues values = PodCgroup.values(pod(pod), PodCgroup.Config.DEFAULT);
    assertThat(values.cpuShares()).isEqualTo(shares);
    assertThat(values.cpuQuota()).isEqualTo(quota);
    assertThat(values.memory()).isEqualTo(memory);
    assertThat(values.cpuMax()).isEqualTo(quota == null ? null : quota + " 100000");
  }

  @Test
  void unenforcedLimitsAndShortPeriods() {
    PodResources pod = pod("A c=100m/200m m=100Mi/200Mi");
    CgroupValues off = PodCgroup.values(pod, new PodCgroup.Config(false, 100_000, null));
    assertThat(off.cpuQuota()).isEqualTo(-1);
    assertThat(off.cpuMax()).isEqualTo("max 100000");
    assertThat(off.memory()).isEqualTo(209715200);
    assertThat(PodCgroup.values(pod, new PodCgroup.Config(true, 5_000, null)).cpuQuota())
        .isEqualTo(1000);
  }

  @Test
  void aContainerWithoutLimitsGetsThoseOfThePod() {
    PodResources pod = pod("P c=100m/200m m=100Mi/200Mi; A");
    LinuxContainerResources linux = container(pod, null);
    assertThat(linux.cpuShares()).isEqualTo(204);
    assertThat(linux.cpuQuota()).isEqualTo(20000);
    assertThat(linux.memoryLimitInBytes()).isEqualTo(209715200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-G32 | A m=128Mi/256Mi | 255012864
          V-G33 | A m=100Mi/200Mi | 199229440
          V-G34 | A m=1Gi/4Gi     | 3972841472
          V-G35 | A c=1 m=/1Gi    | 966365184
          V-G35 | A m=1Gi         | 15086071808
          """)
  void memoryHigh(String id, String pod, String high) {
    LinuxContainerResources linux = container(pod(pod), new MemoryQos(false, 0.9));
    assertThat(linux.unified()).containsEntry("memory.high", high);
  }

  @Test
  void hugePagesOfEverySizeTheNodeKnows() {
    LinuxContainerResources linux = container(pod("A c=1 hugepages-2Mi=100Mi/100Mi"), null);
    assertThat(linux.hugepageLimits()).containsEntry("2MB", 104857600L).containsEntry("1GB", 0L);
  }

  private static LinuxContainerResources container(
      PodResources pod, @Nullable MemoryQos memoryQos) {
    var config =
        new ContainerCgroup.Config(
            true,
            true,
            100_000,
            16L << 30,
            Quantity.parse("15.5Gi").value(),
            ContainerCgroup.Swap.UNAVAILABLE,
            0,
            true,
            memoryQos,
            List.of(2L << 20, 1L << 30));
    return new ContainerCgroup(config)
        .container(pod, pod.containers().get(0), false, PodImportance.NONE);
  }

  @Test
  void pathsOfBothDrivers() {
    assertThat(PodCgroup.cgroupfsPath("u-1", QosClass.GUARANTEED)).isEqualTo("/kubepods/podu-1");
    assertThat(PodCgroup.systemdPath("u-1", QosClass.BURSTABLE))
        .isEqualTo("/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podu_1.slice");
  }

  /** Scores of init containers, then apps. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-O01 | 17179869184 | A c=1                                                | 999
          V-O02 | 17179869184 | A m=16Mi; A m=17Mi; A m=128Mi                        | 999 999 993
          V-O03 | 17179869184 | A m=1Gi; A m=2Gi; A m=8Gi                            | 938 875 500
          V-O04 | 17179869184 | A m=15.99Gi; A m=16Gi                                | 3 3
          V-O05 | 17179869184 | S m=64Mi; A m=1Gi                                    | 938 938
          V-O06 | 17179869184 | S m=4Gi; A m=1Gi                                     | 750 938
          V-O07 | 8000000000  | S m=400000000; I m=1000000000; A m=1000000000        | 875 875 875
          V-O08 | 4000000000  | P m=2000000000; A m=1000000000; A                    | 625 875
          V-O09 | 4000000000  | P m=2000000000; S m=200000000; A m=1000000000; A m=500000000 | 850 725 850
          V-O10 | 17179869184 | A c=1/1 m=1Gi/1Gi                                    | -997
          V-O10 | 17179869184 | A                                                    | 1000
          """)
  void oomScores(String id, long capacity, String text, String scores) {
    PodResources pod = pod(text);
    var all = new StringBuilder();
    for (ContainerResources init : pod.initContainers()) {
      all.append(' ')
          .append(OomScore.of(pod, init, init.alwaysRestarts(), PodImportance.NONE, capacity));
    }
    for (ContainerResources app : pod.containers()) {
      all.append(' ').append(OomScore.of(pod, app, false, PodImportance.NONE, capacity));
    }
    assertThat(all.toString().strip()).isEqualTo(scores);
  }

  @Test
  void nodeCriticalPodsAreProtected() {
    var critical = new PodImportance(false, 2_000_001_000, "system-node-critical");
    PodResources pod = pod("A");
    assertThat(OomScore.of(pod, pod.containers().get(0), false, critical, 1L << 34))
        .isEqualTo(-997);
  }
}
