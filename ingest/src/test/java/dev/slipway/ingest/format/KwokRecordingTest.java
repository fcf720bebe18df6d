package dev.slipway.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pod's life as kwokctl records it: one object, then what changes. */
final class KwokRecordingTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private RecordDecoder decoder = RecordDecoder.create();
  private final List<FeedEvent> events = new ArrayList<>();

  @Test
  void patchesChangeTheObjectOfTheRecording() {
    take(
        5,
        "create",
        """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"shop",\
        "creationTimestamp":"$(time-offset-nanosecond -2000000000)"},"spec":{"containers":\
        [{"name":"app","image":"a:1"},{"name":"log","image":"b:1"}]},"status":{"phase":"Pending",\
        "conditions":[{"type":"PodScheduled","status":"True"}]}}\
        """);
    take(
        6,
        "patch",
        """
        {"spec":{"nodeName":"n1"},"status":{"phase":"Running","$setElementOrder/conditions":\
        [{"type":"Ready"},{"type":"PodScheduled"}],"conditions":[{"type":"Ready","status":"True",\
        "lastTransitionTime":"$(time-offset-nanosecond 3500000000)"}],"containerStatuses":\
        [{"name":"app","ready":true,"state":{"running":{"startedAt":"$(time-offset-nanosecond 0)"}}}]}}\
        """);
    take(
        7,
        "patch",
        """
        {"metadata":{"deletionTimestamp":"$(time-offset-nanosecond 7000000000)"},"status":\
        {"phase":null,"conditions":[{"type":"Ready","status":"False"},{"$patch":"delete","type":\
        "PodScheduled"}],"containerStatuses":[{"name":"log","ready":false}]}}\
        """);
    assertThat(events).extracting(FeedEvent::atNanos).containsExactly(5L, 6L, 7L);
    assertThat(events)
        .extracting(event -> ((FeedEvent.PodSeen) event).action())
        .containsExactly(Action.ADDED, Action.MODIFIED, Action.MODIFIED);
    Pod first = pod(0);
    assertThat(first.metadata().creationTimestamp()).isEqualTo(-2_000_000_000L);
    Pod second = pod(1);
    assertThat(second.spec().nodeName()).isEqualTo("n1");
    assertThat(second.spec().containers())
        .extracting(ContainerSpec::image)
        .containsExactly("a:1", "b:1");
    assertThat(second.status().phase()).isEqualTo(PodPhase.RUNNING);
    assertThat(second.status().conditions())
        .extracting(PodCondition::type)
        .containsExactly("Ready", "PodScheduled");
    assertThat(second.status().conditions().getFirst().lastTransitionTime())
        .isEqualTo(3_500_000_000L);
    Pod third = pod(2);
    assertThat(third.metadata().deletionTimestamp()).isEqualTo(7_000_000_000L);
    assertThat(third.status().phase()).isNull();
    assertThat(third.status().conditions()).extracting(PodCondition::type).containsExactly("Ready");
    assertThat(third.status().containerStatuses())
        .extracting(status -> status.name() + " " + status.ready())
        .containsExactly("log false");
  }

  @Test
  void aPatchOfAnUnknownObjectSaysNothingAndAGoneObjectIsUnknown() {
    String object =
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"},\"spec\":{}}";
    var web = new PodRef("", "shop", "web");
    take(1, "patch", "{\"status\":{\"phase\":\"Running\"}}");
    take(2, "create", object);
    take(3, "delete", "null");
    take(4, "patch", "{\"status\":{\"phase\":\"Running\"}}");
    assertThat(events)
        .satisfiesExactly(
            event -> assertThat(event).isEqualTo(new FeedEvent.BaseMissing(web)),
            event -> assertThat(event).isInstanceOf(FeedEvent.PodSeen.class),
            event -> assertThat(event).isInstanceOf(FeedEvent.PodDeleted.class),
            event -> assertThat(event).isEqualTo(new FeedEvent.BaseMissing(web)));
  }

  @Test
  void whatPatchesBuildOnGoesOnInAnotherDecoder() {
    take(
        1,
        "create",
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"},\"spec\":{\"nodeName\":\"n1\"}}");
    RecordDecoder next = RecordDecoder.create();
    decoder.save(next::restore);
    decoder.save((key, value) -> fail("saved twice: " + key));
    decoder = next;
    take(2, "patch", "{\"status\":{\"phase\":\"Running\"}}");
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            FeedEvent.PodSeen.class,
            seen -> {
              assertThat(seen.pod().spec().nodeName()).isEqualTo("n1");
              assertThat(seen.pod().status().phase()).isEqualTo(PodPhase.RUNNING);
            });
    take(3, "delete", "null");
    RecordDecoder last = RecordDecoder.create();
    decoder.save(last::restore);
    decoder = last;
    take(4, "patch", "{\"status\":{\"phase\":\"Failed\"}}");
    assertThat(events.getLast()).isInstanceOf(FeedEvent.BaseMissing.class);
  }

  @Test
  void aRefusedPatchChangesNothing() {
    take(
        1,
        "create",
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"},\"spec\":{}}");
    assertThat(decode(2, "patch", "{\"spec\":null}")).isInstanceOf(Refused.class);
    assertThat(decode(3, "patch", "7")).isInstanceOf(Refused.class);
    take(4, "patch", "{\"status\":{\"phase\":\"Running\"}}");
    assertThat(events).hasSize(2);
    assertThat(pod(1).status().phase()).isEqualTo(PodPhase.RUNNING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # object                            | patch                                                     | result
          {"a":{"b":1,"c":2}}                 | {"a":{"c":null,"d":3}}                                    | {"a":{"b":1,"d":3}}
          {"a":[1,2]}                         | {"a":[3]}                                                 | {"a":[3]}
          {"a":{"b":1}}                       | {"a":{"$patch":"replace","c":2}}                          | {"a":{"c":2}}
          {"a":{"b":1,"c":2}}                 | {"a":{"$retainKeys":["b"],"b":3}}                         | {"a":{"b":3}}
          {"finalizers":["a","b"]}            | {"finalizers":["c"],"$deleteFromPrimitiveList/finalizers":["a"]} | {"finalizers":["b","c"]}
          {"env":[{"name":"A","value":"1"}]}  | {"env":[{"name":"A","value":"2"},{"name":"B"}]}           | {"env":[{"name":"A","value":"2"},{"name":"B"}]}
          {"podIPs":[{"ip":"1"}]}             | {"podIPs":[{"$patch":"replace"},{"ip":"2"}]}              | {"podIPs":[{"ip":"2"}]}
          {"a":1}                             | {"a":{"b":{"c":null,"d":1}}}                              | {"a":{"b":{"d":1}}}
          """)
  void mergesAsTheApiServerDoes(String object, String patch, String result) throws IOException {
    ObjectNode merged = (ObjectNode) MAPPER.readTree(object);
    StrategicMerge.apply(merged, (ObjectNode) MAPPER.readTree(patch));
    assertThat(merged).isEqualTo(MAPPER.readTree(result));
  }

  private Pod pod(int event) {
    return ((FeedEvent.PodSeen) events.get(event)).pod();
  }

  private void take(long at, String method, String template) {
    assertThat(decode(at, method, template)).isEqualTo(Format.KWOK);
  }

  private Outcome decode(long at, String method, String template) {
    String record =
        """
        {"kind":"ResourcePatch","apiVersion":"action.kwok.x-k8s.io/v1alpha1","resource":{"version":"v1",\
        "resource":"pods"},"target":{"name":"web","namespace":"shop"},"durationNanosecond":%d,"method":"%s",\
        "template":%s}\
        """
            .formatted(at, method, template);
    return decoder.decode(record.getBytes(StandardCharsets.UTF_8), events::add);
  }
}
