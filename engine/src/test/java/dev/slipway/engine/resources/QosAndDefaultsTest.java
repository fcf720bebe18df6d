package dev.slipway.engine.resources;

import static dev.slipway.engine.resources.PodText.list;
import static dev.slipway.engine.resources.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules, rows V-C and V-D of the specification. */
class QosAndDefaultsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-C01 | A                                                       | BestEffort
          V-C02 | A c=0                                                   | BestEffort
          V-C03 | A c=100m/100m m=100Mi/100Mi                             | Guaranteed
          V-C04 | A c=100m/100m m=100Mi/100Mi; A                          | Burstable
          V-C05 | A c=100m/100m m=100Mi/100Mi; I c=50m                    | Burstable
          V-C06 | A c=100m/100m m=100Mi/100Mi; S c=1/1 m=1Gi/1Gi          | Guaranteed
          V-C07 | A c=/100m m=/100Mi                                      | Guaranteed
          V-C08 | A m=1Gi/1Gi                                             | Burstable
          V-C09 | A nvidia.com/gpu=1                                      | BestEffort
          V-C10 | P c=1/1 m=1Gi/1Gi; A                                    | Guaranteed
          V-C11 | P c=1 m=1Gi; A                                          | Burstable
          V-C12 | P c=/1; A c=100m/100m m=100Mi/100Mi                     | Burstable
          V-C13 | A c=100m/100m m=100Mi/100Mi; O c=50m m=20Mi             | Guaranteed
          V-X04 | I c=300m/600m m=200Mi/400Mi; S c=100m/200m m=64Mi/128Mi; A c=150m/300m m=128Mi/256Mi | Burstable
          """)
  void classOfADefaultedPod(String id, String pod, String qos) {
    assertThat(QosRules.compute(ResourceDefaults.created(pod(pod))).text()).isEqualTo(qos);
  }

  @Test
  void aStoredClassWins() {
    var stored =
        new ResourceStatus(
            List.of(), ResourceList.ABSENT, null, false, List.of(), QosClass.GUARANTEED);
    assertThat(QosRules.of(pod("A").withStatus(stored))).isEqualTo(QosClass.GUARANTEED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-D01 | A c=/500m              | c=500m
          V-D02 | A c=200m/500m m=/1Gi   | c=200m m=1Gi
          V-D03 | A c=100u               | c=1m
          """)
  void containerRequestsAfterDefaulting(String id, String pod, String requests) {
    PodResources defaulted = ResourceDefaults.created(pod(pod));
    assertThat(PodText.apps(defaulted).get(0).requests()).isEqualTo(list(requests));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-D04 | P c=/2; A c=300m; A c=200m        | c=500m       | c=2
          V-D05 | P c=/2 m=/1Gi; A                  | c=2 m=1Gi    | c=2 m=1Gi
          V-D06 | P c=1; A                          | c=1          | -
          V-D07 | P c=1; A c=/2 m=/1Gi              | c=1 m=1Gi    | c=2 m=1Gi
          V-D08 | P c=3; A c=/2                     | c=3          | c=3
          """)
  void podLevelAfterDefaulting(String id, String pod, String requests, String limits) {
    Resources podLevel = Objects.requireNonNull(ResourceDefaults.created(pod(pod)).podLevel());
    assertThat(podLevel.requests()).isEqualTo(list(requests));
    assertThat(podLevel.limits()).isEqualTo(list(limits));
  }
}
