package dev.slipway.engine.resources;

import static dev.slipway.engine.resources.PodText.list;
import static dev.slipway.engine.resources.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules, rows V-P and V-X of the specification. */
class EffectiveResourcesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-P01 | A c=1; A c=2                                  | c=3
          V-P02 | I c=5; A c=1                                  | c=5
          V-P03 | S c=1; A c=1                                  | c=2
          V-P04 | I c=5; S c=1; S c=2; S c=3; A c=1             | c=7
          V-P05 | I c=5; S c=1; S c=2; I c=5; S c=3; A c=1      | c=8
          V-P06 | S c=10; I c=200; A c=100                      | c=210
          V-P07 | I c=200; S c=10; A c=100                      | c=200
          V-P08 | I c=1 m=64Mi; S c=100m m=50Mi; I c=700m m=400Mi; A c=500m m=256Mi; A c=250m m=128Mi | c=1 m=450Mi
          V-P09 | I c=1 m=64Mi; S c=100m m=50Mi; I c=700m m=400Mi; A c=500m m=256Mi; A c=250m m=128Mi; O c=250m m=120Mi | c=1250m m=570Mi
          V-P10 | A; O c=100m                                   | c=100m
          V-P19 | P c=500m; A c=100m m=64Mi                     | c=500m m=64Mi
          V-P20 | P c=1 hugepages-2Mi=20Mi e=5Gi; A c=200m e=1Gi | c=1 hugepages-2Mi=20Mi e=1Gi
          V-S12 | I c=2 m=1G; I c=2 m=3G; A c=2 m=1G; A c=1 m=1G | c=3 m=3G
          V-X02 | I c=300m m=200Mi; S c=100m m=64Mi; A c=150m m=128Mi; O c=50m m=20Mi | c=350m m=220Mi
          V-X08 | S c=100m m=64Mi; I c=300m m=200Mi; A c=150m m=128Mi; O c=50m m=20Mi | c=450m m=284Mi
          """)
  void requests(String id, String pod, String requests) {
    assertThat(EffectiveResources.podRequests(pod(pod), ResourceOptions.SPEC))
        .isEqualTo(list(requests));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-P10 | A; O c=100m                            | -
          V-P11 | A c=/2 m=/2Gi; A                       | c=2 m=2Gi
          V-P12 | I c=/2 m=/2Gi; I; A c=/1 m=/1Gi        | c=2 m=2Gi
          V-X03 | I c=/600m m=/400Mi; S c=/200m m=/128Mi; A c=/300m m=/256Mi; O c=50m m=20Mi | c=650m m=420Mi
          V-X08 | S c=/200m m=/128Mi; I c=/600m m=/400Mi; A c=/300m m=/256Mi; O c=50m m=20Mi | c=850m m=548Mi
          V-X09 | I c=/600m m=/400Mi; S c=/200m m=/128Mi; A c=/300m; O c=50m m=20Mi | c=650m m=420Mi
          """)
  void limits(String id, String pod, String limits) {
    assertThat(EffectiveResources.podLimits(pod(pod), ResourceOptions.SPEC))
        .isEqualTo(list(limits));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-P22 | A c=1        | m=100Mi         | c=1 m=100Mi
          V-P23 | A c=0        | c=100m          | c=0
          V-P24 | A; S; I      | c=100m m=200Mi  | c=200m m=400Mi
          """)
  void whatContainersDoNotNameIsStoodInFor(
      String id, String pod, String nonMissing, String requests) {
    ResourceOptions options = ResourceOptions.SPEC.withNonMissing(list(nonMissing));
    assertThat(EffectiveResources.podRequests(pod(pod), options)).isEqualTo(list(requests));
  }

  @Test
  void podLevelCanBeSkipped() {
    PodResources pod = pod("P c=500m; A c=100m m=64Mi");
    assertThat(EffectiveResources.podRequests(pod, ResourceOptions.SPEC.withoutPodLevel()))
        .isEqualTo(list("c=100m m=64Mi"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-P13 | A c=1; A c=2 | c=2;c=1     | c=2;c=1 | false | c=3
          V-P14 | A c=1; A c=2 | c=2;c=1     | -;-     | false | c=3
          V-P15 | A c=4        | -           | c=2     | false | c=4
          V-P16 | A c=4        | -           | c=2     | true  | c=2
          V-P17 | A c=6        | c=4         | c=2     | true  | c=4
          V-P18 | A c=30m m=20M e=10G | c=20m m=10M e=30G | c=10m m=30M e=20G | false | c=30m m=30M e=30G
          """)
  void resizesCountAtTheirLargest(
      String id,
      String spec,
      String allocated,
      String actual,
      boolean infeasible,
      String requests) {
    PodResources pod = pod(spec);
    String[] allocations = allocated.split(";");
    String[] actuals = actual.split(";");
    var statuses = new ArrayList<ContainerResourceStatus>();
    for (int i = 0; i < allocations.length; i++) {
      ResourceList aside = allocations[i].equals("-") ? ResourceList.ABSENT : list(allocations[i]);
      Resources inForce =
          actuals[i].equals("-") ? null : new Resources(list(actuals[i]), ResourceList.ABSENT);
      statuses.add(new ContainerResourceStatus("a" + i, aside, inForce));
    }
    PodResources resized =
        pod.withStatus(
            new ResourceStatus(statuses, ResourceList.ABSENT, null, infeasible, List.of(), null));
    assertThat(EffectiveResources.podRequests(resized, ResourceOptions.QUOTA))
        .isEqualTo(list(requests));
    assertThat(EffectiveResources.podRequests(resized, ResourceOptions.SPEC))
        .isEqualTo(EffectiveResources.podRequests(pod, ResourceOptions.SPEC));
  }

  @Test
  void aNameIsUnlimitedAsSoonAsOneContainerHasNoLimit() {
    PodResources pod = pod("I c=/600m m=/400Mi; S c=/200m m=/128Mi; A c=/300m; O c=50m m=20Mi");
    assertThat(UnlimitedResources.isUnlimited(pod, "memory")).isTrue();
    assertThat(UnlimitedResources.isUnlimited(pod, "cpu")).isFalse();
    assertThat(UnlimitedResources.isUnlimited(pod("P m=/1Gi; A"), "memory")).isFalse();
    assertThat(UnlimitedResources.isUnlimited(pod("A m=/0"), "memory")).isTrue();
  }

  @Test
  void phasesAreToldApart() {
    PhaseSplit split =
        PhaseSplit.ofRequests(
            pod("I c=300m m=200Mi; S c=100m m=64Mi; A c=150m m=128Mi; O c=50m m=20Mi"));
    assertThat(split.steady()).isEqualTo(list("c=250m m=192Mi"));
    assertThat(split.initPeak()).isEqualTo(list("c=300m m=200Mi"));
    assertThat(split.effective()).isEqualTo(list("c=350m m=220Mi"));
    assertThat(split.unusedAfterStart()).isEqualTo(list("c=50m m=8Mi"));
    assertThat(split.missedByApps()).isEqualTo(list("c=200m m=92Mi"));
    assertThat(split.missedShare("cpu")).isEqualTo(200.0 / 350, within(1e-9));
  }

  @Test
  void theShorterRuleOfTheDocumentationForgetsSidecarsBeforeAnInitContainer() {
    DocumentationRule rule =
        DocumentationRule.of(
            pod("S c=100m m=64Mi/128Mi; I c=300m m=200Mi; A c=150m m=128Mi; O c=50m m=20Mi"));
    assertThat(rule.requests()).isEqualTo(list("c=350m m=220Mi"));
    assertThat(rule.limits()).isEqualTo(list("m=148Mi"));
    assertThat(rule.unlimited()).containsExactly("cpu", "memory");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aggregateIsTheLargerOfRunningAndPeak(long seed) {
    var pods = new RandomPods(new SplittableRandom(seed));
    for (int i = 0; i < 2_000; i++) {
      PodResources pod = pods.next();
      PhaseSplit split = PhaseSplit.ofRequests(pod);
      assertThat(EffectiveResources.containerRequests(pod, ResourceOptions.SPEC))
          .isEqualTo(split.steady().max(split.initPeak()));
    }
  }

  @Test
  void whatThePodLevelSetsIsNotReservedForTheStart() {
    PhaseSplit split = PhaseSplit.ofRequests(pod("P c=2; S c=100m m=64Mi; I c=1 m=1Gi; A c=200m"));
    assertThat(split.effective()).isEqualTo(list("c=2 m=1088Mi"));
    assertThat(split.unusedAfterStart()).isEqualTo(list("m=1Gi"));
    PhaseSplit plain = PhaseSplit.ofRequests(pod("S c=100m m=64Mi; I c=1 m=1Gi; A c=200m; O c=1"));
    assertThat(plain.unusedAfterStart()).isEqualTo(list("c=800m m=1Gi"));
    PhaseSplit limits = PhaseSplit.ofLimits(pod("P c=/2; I c=/1 m=/1Gi; A c=/200m m=/1Mi"));
    assertThat(limits.unusedAfterStart()).isEqualTo(list("m=1023Mi"));
  }
}
