package dev.slipway.engine.resources;

import static dev.slipway.engine.resources.PodText.list;
import static dev.slipway.engine.resources.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.QuotaAdmission.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules, rows V-U, V-L, V-X05 and V-X10 of the specification. */
class QuotaAndLimitRangeTest {
  private static final long NOW = 1_000_000 * Times.SECOND;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-U01 | A c=500m/1 m=256Mi/512Mi | cpu=500m requests.cpu=500m memory=256Mi requests.memory=256Mi limits.cpu=1 limits.memory=512Mi
          V-U05 | I c=4/8 m=100M/200M example.com/dongle=4; I c=1 m=50M example.com/dongle=2; A c=1/2 m=50M/100M example.com/dongle=1; A c=2/5 m=25M/50M example.com/dongle=2 | cpu=4 requests.cpu=4 memory=100M requests.memory=100M limits.cpu=8 limits.memory=200M requests.example.com/dongle=4
          V-U06 | A c=1/2; O c=1 | cpu=2 requests.cpu=2 limits.cpu=3
          V-U07 | A nvidia.com/gpu=2/2 | requests.nvidia.com/gpu=2
          V-U08 | A hugepages-2Mi=100Mi/100Mi | hugepages-2Mi=100Mi requests.hugepages-2Mi=100Mi
          V-U09 | P m=1Mi/2Mi; A e=32Mi/64Mi | memory=1Mi requests.memory=1Mi limits.memory=2Mi ephemeral-storage=32Mi requests.ephemeral-storage=32Mi limits.ephemeral-storage=64Mi
          V-U11 | S c=100m; I c=50m; A c=200m | cpu=300m requests.cpu=300m
          V-X05 | I c=300m/600m m=200Mi/400Mi; S c=100m/200m m=64Mi/128Mi; A c=150m/300m m=128Mi/256Mi; O c=50m m=20Mi | cpu=350m requests.cpu=350m memory=220Mi requests.memory=220Mi limits.cpu=650m limits.memory=420Mi
          """)
  void usage(String id, String pod, String usage) {
    assertThat(QuotaUsage.of(QuotaPod.of(pod(pod)), NOW))
        .isEqualTo(list(usage + " pods=1 count/pods=1"));
  }

  @Test
  void endedAndOverdueDeletedPodsOnlyExist() {
    PodResources pod = pod("A c=1");
    var ended = new QuotaPod(pod, true, Times.NONE, null, null, "", false);
    var overdue = new QuotaPod(pod, false, NOW - 60 * Times.SECOND, 30L, null, "", false);
    var terminating = new QuotaPod(pod, false, NOW, 30L, null, "", false);
    assertThat(QuotaUsage.of(ended, NOW)).isEqualTo(list("count/pods=1"));
    assertThat(QuotaUsage.of(overdue, NOW)).isEqualTo(list("count/pods=1"));
    assertThat(QuotaUsage.of(terminating, NOW).has("requests.cpu")).isTrue();
  }

  @Test
  void statusResourcesCountButPodWideListsDoNot() {
    var status =
        new ResourceStatus(
            List.of(
                new ContainerResourceStatus(
                    "a0",
                    ResourceList.ABSENT,
                    new Resources(list("m=500Mi"), ResourceList.ABSENT))),
            list("m=1Gi"),
            new Resources(list("m=1Gi"), ResourceList.ABSENT),
            false,
            List.of(),
            null);
    ResourceList usage = QuotaUsage.of(QuotaPod.of(pod("A m=200Mi").withStatus(status)), NOW);
    assertThat(usage.getOrZero("requests.memory")).hasToString("500Mi");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-U12 | limits.cpu=4   | limits.cpu=3        | A c=1   | failed quota: q: must specify limits.cpu for: a0
          V-U13 | requests.cpu=4 | requests.cpu=3500m  | A c=500m |
          V-U13 | requests.cpu=4 | requests.cpu=3500m  | A c=501m | exceeded quota: q, requested: requests.cpu=501m, used: requests.cpu=3500m, limited: requests.cpu=4
          V-U14 | pods=10        | pods=12             | A       | exceeded quota: q, requested: pods=1, used: pods=12, limited: pods=10
          """)
  void creation(String id, String hard, String used, String pod, @Nullable String refusal) {
    var quota = new ResourceQuota("q", List.of(), list(hard), list(used));
    Answer answer = QuotaAdmission.create(List.of(quota), "p", QuotaPod.of(pod(pod)), NOW);
    if (refusal == null) {
      assertThat(answer).isInstanceOf(Answer.Admitted.class);
    } else {
      assertThat(answer).isEqualTo(new Answer.Denied("pods \"p\" is forbidden: " + refusal));
    }
  }

  @Test
  void aResizeIsNotHeldAgainstNamesItDoesNotChange() {
    var quota =
        new ResourceQuota(
            "q", List.of(), list("pods=10 requests.cpu=4"), list("pods=12 requests.cpu=1"));
    Answer answer =
        QuotaAdmission.resize(
            List.of(quota), "p", QuotaPod.of(pod("A c=2")), QuotaPod.of(pod("A c=1")), NOW);
    assertThat(answer).isEqualTo(new Answer.Admitted(List.of(list("pods=12 requests.cpu=2"))));
  }

  private static LimitRange range(
      String type, String max, String min, String limits, String requests, String ratio) {
    return LimitRanges.stored(
        new LimitRange(
            List.of(
                new LimitRange.Item(
                    type, list(max), list(min), list(limits), list(requests), list(ratio)))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-L01 | c=1 m=1Gi | c=100m m=64Mi | -             | -            | A          | c=1 m=1Gi     | c=1 m=1Gi
          V-L02 | -         | -             | c=75m m=10Mi  | c=50m m=5Mi  | A          | c=50m m=5Mi   | c=75m m=10Mi
          V-L03 | -         | -             | c=75m m=10Mi  | c=50m m=5Mi  | A m=512Mi  | c=50m m=512Mi | c=75m m=10Mi
          V-L04 | -         | -             | c=75m m=10Mi  | c=50m m=5Mi  | A c=/60m   | c=60m m=5Mi   | c=60m m=10Mi
          """)
  void fills(
      String id,
      String max,
      String min,
      String defaults,
      String requests,
      String pod,
      String wantRequests,
      String wantLimits) {
    LimitRange range = range(LimitRange.CONTAINER, max, min, defaults, requests, "-");
    PodResources filled = LimitRanges.fill(range, ResourceDefaults.decoded(pod(pod))).pod();
    assertThat(filled.containers().get(0).requests()).isEqualTo(list(wantRequests));
    assertThat(filled.containers().get(0).limits()).isEqualTo(list(wantLimits));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V-L05 | Container | -      | c=50m  | -     | A c=40m                                   | 1
          V-L06 | Container | c=2    | -      | -     | A c=1/2500m                               | 1
          V-L06 | Container | c=2    | -      | -     | A c=1                                     | 1
          V-L07 | Container | -      | -      | c=1.5 | A c=500m/750m                             | 0
          V-L07 | Container | -      | -      | c=1   | A c=1250m/2500m                           | 1
          V-L08 | Pod       | -      | c=100m | -     | A c=75m; A c=75m                          | 0
          V-L08 | Pod       | -      | c=100m | -     | A c=75m                                   | 1
          V-L09 | Pod       | m=1Gi  | -      | -     | A m=/500Mi; I m=/1.5Gi                    | 1
          V-L10 | Pod       | m=1Gi  | -      | -     | A m=/500Mi; A                             | 0
          V-L11 | Pod       | m=1Gi  | -      | -     | A m=/600Mi; S m=/600Mi                    | 1
          V-L12 | Pod       | c=2    | -      | -     | A c=/1; A c=/1; O c=500m                  | 0
          V-L13 | Pod       | -      | -      | m=1.5 | A m=250Mi/500Mi; A m=250Mi/500Mi; A m=250Mi/500Mi | 1
          V-L14 | Pod       | c=400m m=200Mi | - | -  | P c=/400m m=/200Mi; A c=/200m m=/100Mi; A c=/200m m=/100Mi; A c=/200m m=/100Mi | 0
          V-X10 | Pod       | c=600m m=400Mi | c=300m m=200Mi | - | I c=300m/600m m=200Mi/400Mi; S c=100m/200m m=64Mi/128Mi; A c=150m/300m m=128Mi/256Mi; O c=50m m=20Mi | 0
          """)
  void violations(
      String id, String type, String max, String min, String ratio, String pod, int count) {
    LimitRange range = range(type, max, min, "-", "-", ratio);
    assertThat(LimitRanges.violations(range, pod(pod))).hasSize(count);
  }
}
