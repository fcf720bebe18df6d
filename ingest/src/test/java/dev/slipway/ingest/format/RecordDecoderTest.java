package dev.slipway.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.FeedLimits;
import dev.slipway.ingest.feed.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordDecoderTest {
  private static final String POD =
      """
      {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"shop","uid":"u-1",\
      "resourceVersion":"7","managedFields":[{"manager":"kubelet","fieldsV1":{"f:x":{".":{}}}}]},\
      "spec":{"containers":[{"name":"c","image":"i:1"}],"nodeName":"n1"},\
      "status":{"phase":"Running"}}\
      """;

  private static final String TIME = "2026-01-02T03:04:05Z";
  private static final long NANOS = 1_767_323_045L * Times.SECOND;

  private final RecordDecoder decoder = RecordDecoder.create();
  private final List<FeedEvent> events = new ArrayList<>();

  @Test
  void watchEventIsAPodAndWhatHappenedToIt() {
    assertThat(decode("{\"type\":\"MODIFIED\",\"object\":$}")).isEqualTo(Format.WATCH);
    var seen = (FeedEvent.PodSeen) onlyEvent();
    assertThat(seen.action()).isEqualTo(Action.MODIFIED);
    assertThat(seen.pod().metadata().uid()).isEqualTo("u-1");
    assertThat(seen.pod().metadata().resourceVersion()).isEqualTo("7");
    assertThat(seen.pod().spec().nodeName()).isEqualTo("n1");
    assertThat(seen.pod().status().phase()).isEqualTo(PodPhase.RUNNING);
    assertThat(seen.atNanos()).isEqualTo(Times.NONE);
  }

  @Test
  void recordersTimeIsTheEventsTime() {
    decode("{\"time\":\"" + TIME + "\",\"type\":\"ADDED\",\"object\":$}");
    assertThat(onlyEvent().atNanos()).isEqualTo(NANOS);
  }

  @Test
  void sameSpecBytesAreTheSameSpec() {
    decode("{\"type\":\"ADDED\",\"object\":$}");
    var first = ((FeedEvent.PodSeen) onlyEvent()).pod();
    decode("{\"type\":\"MODIFIED\",\"object\":$}".replace("$", POD.replace("Running", "Failed")));
    var second = ((FeedEvent.PodSeen) onlyEvent()).pod();
    assertThat(second.spec()).isSameAs(first.spec());
    assertThat(second.status()).isNotEqualTo(first.status());
  }

  @Test
  void lastAppliedConfigurationIsNotKept() {
    String annotations = "\"annotations\":{\"a\":\"b\",\"" + PodText.LAST_APPLIED + "\":\"{}\"},";
    decode(
        "{\"type\":\"ADDED\",\"object\":$}"
            .replace("$", POD.replace("\"uid\"", annotations + "\"uid\"")));
    assertThat(((FeedEvent.PodSeen) onlyEvent()).pod().metadata().annotations())
        .isEqualTo(Map.of("a", "b"));
  }

  @Test
  void bookmarksErrorsAndOtherKinds() {
    decode(
        "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"9\"}}}");
    assertThat(onlyEvent()).isEqualTo(new FeedEvent.Bookmark(ObjectKind.POD, "9", false));
    decode(
        "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\",\"message\":\"too old\"}}");
    assertThat(onlyEvent()).isEqualTo(new FeedEvent.WatchFailed(410, "Expired", "too old"));
    decode(
        "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Service\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"x\"}}}");
    assertThat(onlyEvent()).isEqualTo(new FeedEvent.Skipped(Skip.OTHER_KIND));
    decode(
        "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"metrics.k8s.io/v1\"}}");
    assertThat(onlyEvent()).isEqualTo(new FeedEvent.Skipped(Skip.OTHER_KIND));
  }

  @Test
  void deletionWithoutASpecNamesThePodOnly() {
    decode(
        "{\"type\":\"DELETED\",\"object\":{\"kind\":\"Pod\",\"metadata\":{\"namespace\":\"a\",\"name\":\"b\",\"resourceVersion\":\"3\"}}}");
    assertThat(onlyEvent())
        .isEqualTo(new FeedEvent.PodDeleted(new PodRef("", "a", "b"), "3", Times.NONE));
  }

  @Test
  void listsSayWhereTheyBeginAndEnd() {
    assertThat(
            decode(
                "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"12\",\"continue\":\"x\"},\"items\":[$,$]}"))
        .isEqualTo(Format.LIST);
    assertThat(events).hasSize(4);
    assertThat(events.getFirst()).isEqualTo(new FeedEvent.ListBegun(ObjectKind.POD, "12"));
    assertThat(((FeedEvent.PodSeen) events.get(1)).action()).isEqualTo(Action.LISTED);
    assertThat(events.getLast()).isEqualTo(new FeedEvent.ListEnded(ObjectKind.POD, "12", true));
  }

  @Test
  void kubectlListIsOfTheKindOfItsFirstItem() {
    decode(
        "{\"apiVersion\":\"v1\",\"items\":[$],\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"\"}}");
    assertThat(events.getFirst()).isEqualTo(new FeedEvent.ListBegun(ObjectKind.POD, ""));
    decode("{\"apiVersion\":\"v1\",\"items\":[],\"kind\":\"List\"}");
    assertThat(events).isEmpty();
  }

  @Test
  void bareObjectIsListed() {
    assertThat(decode("$")).isEqualTo(Format.OBJECT);
    assertThat(((FeedEvent.PodSeen) onlyEvent()).action()).isEqualTo(Action.LISTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # stage            | verb   | code | subresource | answer                       | expected
          ResponseComplete   | create | 201  |             | pod                          | ADDED
          ResponseComplete   | patch  | 200  | status      | pod                          | MODIFIED
          ResponseComplete   | update | 200  |             | pod                          | MODIFIED
          ResponseComplete   | delete | 200  |             | deleting pod, 30 s left      | MODIFIED
          ResponseComplete   | delete | 200  |             | deleting pod, 0 s left       | DELETED
          ResponseComplete   | delete | 200  |             | deleting pod with finalizer  | MODIFIED
          ResponseComplete   | patch  | 200  |             | deleting pod, 0 s left       | DELETED
          ResponseComplete   | patch  | 200  | status      | none                         | NO_OBJECT
          ResponseComplete   | patch  | 409  | status      | pod                          | REFUSED_REQUEST
          ResponseComplete   | get    | 200  |             | pod                          | NO_CHANGE
          ResponseStarted    | create | 201  |             | pod                          | OTHER_STAGE
          ResponseComplete   | create | 201  | exec        | none                         | OTHER_SUBRESOURCE
          ResponseComplete   | create | 429  | eviction    | none                         | REFUSED_REQUEST
          """)
  void auditRecordIsWhatTheServerStored(
      String stage, String verb, int code, String subresource, String answer, String expected) {
    String deleting = "\"deletionTimestamp\":\"" + TIME + "\",\"deletionGracePeriodSeconds\":";
    String object =
        switch (answer) {
          case "none" -> "null";
          case "deleting pod, 30 s left" -> POD.replace("\"uid\"", deleting + "30,\"uid\"");
          case "deleting pod, 0 s left" -> POD.replace("\"uid\"", deleting + "0,\"uid\"");
          case "deleting pod with finalizer" ->
              POD.replace("\"uid\"", deleting + "0,\"finalizers\":[\"x/y\"],\"uid\"");
          default -> POD;
        };
    String sub = subresource == null ? "" : ",\"subresource\":\"" + subresource + "\"";
    String record =
        """
        {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","stage":"%s",\
        "requestURI":"/api/v1/x","verb":"%s","objectRef":{"resource":"pods","namespace":"shop",\
        "name":"web"%s},"responseStatus":{"code":%d},"responseObject":%s,"stageTimestamp":"%s"}\
        """
            .formatted(stage, verb, sub, code, object, TIME);
    assertThat(decode(record)).isEqualTo(Format.AUDIT);
    switch (onlyEvent()) {
      case FeedEvent.PodSeen seen -> {
        assertThat(seen.action().name()).isEqualTo(expected);
        assertThat(seen.atNanos()).isEqualTo(NANOS);
      }
      case FeedEvent.Skipped skipped -> assertThat(skipped.why().name()).isEqualTo(expected);
      default -> throw new AssertionError(events.toString());
    }
  }

  @Test
  void evictionIsAHint() {
    decode(
        """
        {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Request","auditID":"a-9",\
        "stage":"ResponseComplete","requestURI":"/x","verb":"create","user":{"username":"drainer"},\
        "objectRef":{"resource":"pods","namespace":"shop","name":"web","subresource":"eviction"},\
        "responseStatus":{"code":201},"requestObject":{"kind":"Eviction"},"stageTimestamp":"%s"}\
        """
            .formatted(TIME));
    assertThat(onlyEvent())
        .isEqualTo(
            new FeedEvent.Hint(
                new PodRef("", "shop", "web"),
                "",
                "Normal",
                "Eviction",
                "eviction granted",
                1,
                "drainer",
                "",
                "a-9",
                NANOS));
  }

  @Test
  void deletionOfManyIsTheDeletionOfEach() {
    String deleting = "\"deletionTimestamp\":\"" + TIME + "\",\"deletionGracePeriodSeconds\":";
    String items =
        POD.replace("\"uid\"", deleting + "30,\"uid\"")
            + ","
            + POD.replace("\"uid\"", deleting + "0,\"uid\"");
    decode(
        """
        {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","stage":\
        "ResponseComplete","requestURI":"/api/v1/namespaces/shop/pods","verb":"deletecollection",\
        "objectRef":{"resource":"pods","namespace":"shop"},"responseStatus":{"code":200},\
        "responseObject":{"kind":"PodList","apiVersion":"v1","items":[%s]},"stageTimestamp":"%s"}\
        """
            .formatted(items, TIME));
    assertThat(events)
        .extracting(event -> ((FeedEvent.PodSeen) event).action())
        .containsExactly(Action.MODIFIED, Action.DELETED);
  }

  @Test
  void bindingIsAPodsNode() {
    decode(
        """
        {"kind":"Event","apiVersion":"audit.k8s.io/v1","stage":"ResponseComplete","verb":"create",\
        "objectRef":{"resource":"pods","namespace":"shop","name":"web","uid":"u-1",\
        "subresource":"binding"},"responseStatus":{"code":201},"requestObject":{"kind":"Binding",\
        "target":{"kind":"Node","name":"n7"}},"responseObject":{"kind":"Status"},\
        "stageTimestamp":"%s"}\
        """
            .formatted(TIME));
    assertThat(onlyEvent())
        .isEqualTo(new FeedEvent.PodBound(new PodRef("u-1", "shop", "web"), "n7", NANOS));
  }

  @Test
  void structuredAndBinaryCloudEventsSayTheSame() {
    assertThat(
            decode(
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"dev.knative.apiserver.resource.delete\",\"time\":\"%s\",\"data\":$}"
                    .formatted(TIME)))
        .isEqualTo(Format.CLOUD_EVENT);
    FeedEvent structured = onlyEvent();
    assertThat(((FeedEvent.PodSeen) structured).action()).isEqualTo(Action.DELETED);
    RecordHeaders headers =
        name ->
            switch (name) {
              case "ce_type" -> "dev.knative.apiserver.resource.delete";
              case "ce_time" -> TIME;
              default -> "";
            };
    events.clear();
    assertThat(decoder.decode(bytes(POD), headers, events::add)).isEqualTo(Format.CLOUD_EVENT);
    assertThat(onlyEvent()).isEqualTo(structured);
    String base64 = Base64.getEncoder().encodeToString(bytes(POD));
    decode(
        "{\"specversion\":\"1.0\",\"type\":\"dev.knative.apiserver.resource.delete\",\"time\":\"%s\",\"data_base64\":\"%s\"}"
            .formatted(TIME, base64));
    assertThat(onlyEvent()).isEqualTo(structured);
    decode(
        "{\"specversion\":\"1.0\",\"type\":\"dev.knative.apiserver.ref.add\",\"data\":{\"name\":\"x\"}}");
    assertThat(onlyEvent()).isEqualTo(new FeedEvent.Skipped(Skip.NO_OBJECT));
  }

  @Test
  void otlpLogHoldsAWatchEventOrTheObjectAlone() {
    String pod =
        """
        {"kvlistValue":{"values":[{"key":"kind","value":{"stringValue":"Pod"}},\
        {"key":"apiVersion","value":{"stringValue":"v1"}},{"key":"metadata","value":{"kvlistValue":\
        {"values":[{"key":"name","value":{"stringValue":"web"}},{"key":"uid","value":{"stringValue":\
        "u-1"}},{"key":"generation","value":{"intValue":"3"}}]}}},{"key":"spec","value":\
        {"kvlistValue":{"values":[{"key":"hostNetwork","value":{"boolValue":true}},{"key":\
        "containers","value":{"arrayValue":{"values":[]}}}]}}}]}}\
        """;
    String record =
        """
        {"resourceLogs":[{"resource":{},"scopeLogs":[{"scope":{},"logRecords":[\
        {"observedTimeUnixNano":"1767323045000000000","body":{"kvlistValue":{"values":[{"key":"type",\
        "value":{"stringValue":"ADDED"}},{"key":"object","value":%s}]}}},{"body":%s}]}]}]}\
        """
            .formatted(pod, pod);
    assertThat(decode(record)).isEqualTo(Format.OTLP);
    var added = (FeedEvent.PodSeen) events.getFirst();
    assertThat(added.action()).isEqualTo(Action.ADDED);
    assertThat(added.atNanos()).isEqualTo(NANOS);
    assertThat(added.pod().metadata().generation()).isEqualTo(3);
    assertThat(added.pod().spec().hostNetwork()).isTrue();
    assertThat(((FeedEvent.PodSeen) events.getLast()).action()).isEqualTo(Action.LISTED);
  }

  @Test
  void eventObjectsAreHintsBareExportedOrRouted() {
    String event =
        """
        {"metadata":{"name":"web.1","uid":"e-1","creationTimestamp":"%s"},"involvedObject":{"kind":\
        "Pod","namespace":"shop","name":"web","uid":"u-1","fieldPath":"spec.containers{c}",\
        "labels":{"a":"b"}},"reason":"BackOff","message":"Back-off","source":{"component":"kubelet",\
        "host":"n1"},"lastTimestamp":"%s","count":4,"type":"Warning","clusterName":"x"}\
        """
            .formatted(TIME, TIME);
    var hint =
        new FeedEvent.Hint(
            new PodRef("u-1", "shop", "web"),
            "c",
            "Warning",
            "BackOff",
            "Back-off",
            4,
            "kubelet",
            "n1",
            "e-1",
            NANOS);
    for (String record :
        List.of(event, "{\"verb\":\"ADDED\",\"event\":" + event + ",\"old_event\":null}")) {
      assertThat(decode(record)).isEqualTo(Format.CORE_EVENT);
      assertThat(onlyEvent()).isEqualTo(hint);
    }
    decode(event.replace("\"Pod\"", "\"Node\""));
    assertThat(onlyEvent()).isEqualTo(new FeedEvent.Skipped(Skip.OTHER_KIND));
  }

  @Test
  void simulatorLinesAndKwokActions() {
    assertThat(decode("{\"time\":\"%s\",\"event\":\"Update\",\"resource\":$}".formatted(TIME)))
        .isEqualTo(Format.SCHEDULER_SIMULATOR);
    assertThat(((FeedEvent.PodSeen) onlyEvent()).action()).isEqualTo(Action.MODIFIED);
    String kwok =
        "{\"apiVersion\":\"action.kwok.x-k8s.io/v1alpha1\",\"kind\":\"ResourcePatch\",\"resource\":{\"version\":\"v1\",\"resource\":\"pods\"},\"target\":{\"name\":\"web\",\"namespace\":\"shop\"},\"durationNanosecond\":5,\"method\":\"%s\",\"template\":$}";
    assertThat(decode(kwok.formatted("create"))).isEqualTo(Format.KWOK);
    assertThat(onlyEvent()).isInstanceOf(FeedEvent.PodSeen.class);
    assertThat(onlyEvent().atNanos()).isEqualTo(5);
    decode(kwok.formatted("delete"));
    assertThat(onlyEvent())
        .isEqualTo(new FeedEvent.PodDeleted(new PodRef("", "shop", "web"), "", 5));
  }

  @Test
  void containerEventsOfARuntimeAndReportsOfOurOwn() {
    String sandbox =
        "{\"id\":\"s1\",\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\",\"uid\":\"u-1\"}}";
    var stopped =
        new FeedEvent.RuntimeSeen(
            new PodRef("u-1", "shop", "web"), "n1", "c", "id1", RuntimeStep.STOPPED, 137, NANOS);
    for (String record :
        List.of(
            "{\"containerId\":\"id1\",\"containerEventType\":\"CONTAINER_STOPPED_EVENT\",\"createdAt\":\"1767323045000000000\",\"podSandboxStatus\":"
                + sandbox
                + ",\"containersStatuses\":[{\"id\":\"id1\",\"metadata\":{\"name\":\"c\"},\"exitCode\":137}],\"node\":\"n1\"}",
            "{\"container_id\":\"id1\",\"container_event_type\":2,\"created_at\":1767323045000000000,\"pod_sandbox_status\":"
                + sandbox
                + ",\"containers_statuses\":[{\"id\":\"id1\",\"metadata\":{\"name\":\"c\"},\"exit_code\":137}],\"node\":\"n1\"}")) {
      assertThat(decode(record)).isEqualTo(Format.CONTAINER_EVENT);
      assertThat(onlyEvent()).isEqualTo(stopped);
    }
    assertThat(
            decode(
                "{\"slipway\":\"runtime/v1\",\"node\":\"n1\",\"pod\":{\"uid\":\"u-1\",\"namespace\":\"shop\",\"name\":\"web\"},\"container\":\"c\",\"containerId\":\"id1\",\"step\":\"stopped\",\"exitCode\":137,\"time\":\"%s\"}"
                    .formatted(TIME)))
        .isEqualTo(Format.RUNTIME_REPORT);
    assertThat(onlyEvent()).isEqualTo(stopped);
  }

  @Test
  void otherObjectsComeWithTheFieldsSumsNeed() {
    decode(
        "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Node\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"n1\"},\"spec\":{\"unschedulable\":true,\"taints\":[{\"key\":\"k\",\"effect\":\"NoSchedule\"}]},\"status\":{\"allocatable\":{\"cpu\":\"4\",\"memory\":\"8Gi\"},\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}}");
    var node = (ClusterObject.NodeObject) ((FeedEvent.ObjectSeen) onlyEvent()).object();
    assertThat(node.unschedulable()).isTrue();
    assertThat(node.ready()).isTrue();
    assertThat(node.taints()).containsExactly(new ClusterObject.Taint("k", "", "NoSchedule"));
    assertThat(node.allocatable().getOrZero("cpu").milliValue()).isEqualTo(4000);
    decode(
        "{\"kind\":\"RuntimeClass\",\"apiVersion\":\"node.k8s.io/v1\",\"metadata\":{\"name\":\"kata\"},\"handler\":\"kata\",\"overhead\":{\"podFixed\":{\"memory\":\"120Mi\"}}}");
    var runtimeClass =
        (ClusterObject.RuntimeClassObject) ((FeedEvent.ObjectSeen) onlyEvent()).object();
    assertThat(runtimeClass.overhead().getOrZero("memory").value()).isEqualTo(120L << 20);
    decode(
        "{\"kind\":\"PriorityClass\",\"apiVersion\":\"scheduling.k8s.io/v1\",\"metadata\":{\"name\":\"high\"},\"value\":1000,\"globalDefault\":true,\"preemptionPolicy\":\"Never\"}");
    assertThat(((FeedEvent.ObjectSeen) onlyEvent()).object())
        .isEqualTo(
            new ClusterObject.PriorityClassObject(
                ((FeedEvent.ObjectSeen) onlyEvent()).metadata(), 1000, true, "Never"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # reason           | position | record ($ stands for a good pod)
          EMPTY              | -1 | ``
          MALFORMED          | 0  | nonsense
          MALFORMED          | 1  | {type
          MALFORMED          | 26 | {"type":"ADDED","object":{]}
          MALFORMED          | 29 | {"type":"ADDED","unknown":NaN}
          UNKNOWN_FORMAT     | 0  | []
          UNKNOWN_FORMAT     | 0  | "ADDED"
          UNKNOWN_FORMAT     | -1 | {}
          UNKNOWN_FORMAT     | -1 | {"a":1}
          NOT_A_WATCH_RECORD | -1 | {"type":"ADDED"}
          NOT_A_WATCH_RECORD | -1 | {"object":$}
          NOT_A_WATCH_RECORD | 8  | {"type":7,"object":$}
          NOT_A_WATCH_RECORD | 25 | {"type":"ADDED","object":[]}
          REPEATED_FIELD     | 16 | {"type":"ADDED","type":"DELETED","object":$}
          UNKNOWN_TYPE       | 8  | {"type":"added","object":$}
          UNKNOWN_TYPE       | 9  | {"event":"add","resource":$}
          UNKNOWN_TYPE       | 26 | {"specversion":"1","type":"a.b","data":$}
          UNKNOWN_TYPE       | 11 | {"slipway":"x"}
          INVALID_POD        | -1 | {"type":"ADDED","object":{"kind":"Pod","metadata":{"uid":"u"}}}
          INVALID_POD        | -1 | {"kind":"Pod","apiVersion":"v1","metadata":7}
          INVALID_OBJECT     | -1 | {"kind":"Node","apiVersion":"v1"}
          INVALID_OBJECT     | 23 | {"kind":"List","items":{}}
          NO_IDENTITY        | -1 | {"kind":"Pod","apiVersion":"v1","metadata":{},"spec":{}}
          NO_IDENTITY        | -1 | {"containerId":"a","createdAt":"1"}
          """)
  void badRecordIsRefusedWithReasonAndPosition(RejectReason reason, long position, String text) {
    Outcome outcome = decode(text);
    assertThat(outcome).isInstanceOf(Refused.class);
    var why = ((Refused) outcome).why();
    assertThat(why.reason()).as(why.toString()).isEqualTo(reason);
    assertThat(why.position()).as(why.toString()).isEqualTo(position);
    assertThat(events).isEmpty();
  }

  @Test
  void oneBadItemRefusesTheWholeList() {
    decode("{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[$,{\"metadata\":{}}]}");
    assertThat(events).isEmpty();
  }

  @Test
  void everyTruncationIsRefused() {
    for (String record : List.of("{\"type\":\"ADDED\",\"object\":" + POD + "}", POD)) {
      byte[] whole = bytes(record);
      for (int length = 0; length < whole.length; length++) {
        assertThat(decoder.decode(Arrays.copyOf(whole, length), events::add))
            .as("first %d bytes", length)
            .isInstanceOf(Refused.class);
      }
    }
  }

  @Test
  void deepAndHugePartsAreRefused() {
    String deep = "[".repeat(1_000_000);
    String chars = "x".repeat(FeedLimits.STRING_CHARS_MAX + 1);
    assertReason("{\"type\":\"ADDED\",\"object\":{\"x\":" + deep, RejectReason.LIMIT_EXCEEDED);
    assertReason("{\"object\":" + "{\"a\":".repeat(100_000), RejectReason.LIMIT_EXCEEDED);
    assertReason("{\"type\":\"" + chars + "\"}", RejectReason.LIMIT_EXCEEDED);
    assertReason(
        "{\"type\":\"ADDED\",\"object\":{\"" + chars + "\":1}}", RejectReason.LIMIT_EXCEEDED);
    assertReason(
        "{\"type\":\"ADDED\",\"object\":{\"x\":[" + "1,".repeat(500_000) + "1]}}",
        RejectReason.LIMIT_EXCEEDED);
    assertReason(" ".repeat(FeedLimits.RECORD_BYTES_MAX + 1), RejectReason.TOO_LARGE);
  }

  @Test
  void nullValueIsEmpty() {
    assertThat(((Refused) decoder.decode(null, events::add)).why().reason())
        .isEqualTo(RejectReason.EMPTY);
  }

  private void assertReason(String text, RejectReason reason) {
    assertThat(decode(text))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.why().reason()).isEqualTo(reason));
  }

  private Outcome decode(String text) {
    events.clear();
    return decoder.decode(bytes(text.replace("$", POD)), events::add);
  }

  private FeedEvent onlyEvent() {
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
