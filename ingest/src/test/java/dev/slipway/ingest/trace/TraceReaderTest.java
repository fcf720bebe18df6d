package dev.slipway.ingest.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.Times;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.msgpack.jackson.dataformat.MessagePackFactory;

final class TraceReaderTest {
  private static final String SIMKUBE =
      """
      {"version": 2, "config": {"trackedObjects": {}}, "events": [
       {"ts": 100, "applied_objs": [{"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"name": "web", "namespace": "shop"},
         "spec": {"replicas": 2, "selector": {"matchLabels": {"a": "b"}},
          "template": {"metadata": {"labels": {"a": "b"}},
           "spec": {"containers": [{"name": "app", "image": "app"}]}}}},
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "once", "namespace": "shop"},
         "spec": {"restartPolicy": "Never", "containers": [{"name": "app", "image": "app"}]}}],
        "deleted_objs": []},
       {"ts": 160, "applied_objs": [{"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"name": "web", "namespace": "shop"},
         "spec": {"replicas": 1, "selector": {"matchLabels": {"a": "b"}},
          "template": {"metadata": {"labels": {"a": "b"}},
           "spec": {"containers": [{"name": "app", "image": "app"}]}}}}], "deleted_objs": []},
       {"ts": 200, "applied_objs": [], "deleted_objs": [{"apiVersion": "apps/v1",
         "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"}}]}],
       "pod_lifecycles": {"[\\"v1.Pod\\", \\"shop/once\\"]": {"1": [{"Finished": [101, 131]}]}}}
      """;

  @TempDir private Path folder;

  private Trace read(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return TraceReader.readAll(List.of(file), 1);
  }

  private static String problems(Trace trace) {
    return String.join(
        "\n", trace.problems().stream().map(p -> p.field() + ": " + p.reason()).toList());
  }

  @Test
  void openb() throws IOException {
    Trace pods =
        read(
            "pods.csv",
            """
            name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time
            a,12000,16384,1,460,T4|P100,LS,Running,50,500,50
            b,2000,1024,0,0,,BE,Failed,60,190,90
            c,2000,1024,0,0,,BE,Pending,70,100,
            """);
    assertThat(pods.problems()).isEmpty();
    assertThat(pods.origin()).isEqualTo(50 * Times.SECOND);
    assertThat(pods.pods().stream().map(TracePod::arrival))
        .containsExactly(0L, 10 * Times.SECOND, 20 * Times.SECOND);
    TracePod gpu = pods.pods().get(0);
    assertThat(gpu.deletion()).isEqualTo(450 * Times.SECOND);
    assertThat(gpu.pod().spec().containers().getFirst().resources().requests().get(OpenbTable.GPU))
        .hasToString("460");
    assertThat(String.valueOf(gpu.object())).contains("\"values\":[\"T4\",\"P100\"]");
    TracePod failed = pods.pods().get(1);
    assertThat(failed.deletion()).isEqualTo(Times.NONE);
    assertThat(failed.runs())
        .isEqualTo(Map.of(TracePod.ALL_APPS, new TracePod.Run(100 * Times.SECOND, 1)));
    assertThat(pods.pods().get(2).deletion()).isEqualTo(50 * Times.SECOND);
    Trace nodes = read("nodes.csv", "sn,cpu_milli,memory_mib,gpu,model\nn0,32000,1024,8,G2\n");
    assertThat(nodes.nodes().getFirst().allocatable().getOrZero(OpenbTable.GPU).value())
        .isEqualTo(8000);
  }

  @Test
  void tablesTellAllMistakes() throws IOException {
    Trace trace =
        read(
            "pods.csv",
            """
            name,arrival,cpu,memroy,run
            a,0,100m,1Gi,5m
            b,soon,1x,1Gi,
            a,3s,1,1Gi,
            """);
    assertThat(problems(trace))
        .contains("line 1: memroy: unknown column")
        .contains("line 3: arrival: ")
        .contains("line 3: cpu: ")
        .contains("line 4: name: is there twice: default/a");
    assertThat(trace.pods().getFirst().runs())
        .isEqualTo(Map.of(TracePod.ALL_APPS, new TracePod.Run(300 * Times.SECOND, 0)));
  }

  @Test
  void simKubeAsJsonAndAsMessagePack() throws IOException {
    Trace json = read("trace.json", SIMKUBE);
    Path packed = folder.resolve("trace.sktrace");
    Files.write(
        packed,
        new ObjectMapper(new MessagePackFactory())
            .writeValueAsBytes(new ObjectMapper().readTree(SIMKUBE)));
    for (Trace trace : List.of(json, TraceReader.readAll(List.of(packed), 1))) {
      assertThat(trace.problems()).isEmpty();
      assertThat(trace.pods()).hasSize(3);
      assertThat(trace.pods().stream().map(TracePod::arrival)).containsOnly(0L);
      assertThat(trace.pods().stream().map(TracePod::deletion))
          .containsExactlyInAnyOrder(60 * Times.SECOND, 100 * Times.SECOND, Times.NONE);
      assertThat(trace.pods().stream().map(TracePod::runs))
          .contains(Map.of(TracePod.ALL_APPS, new TracePod.Run(30 * Times.SECOND, 0)));
    }
  }

  @Test
  void brokenMessagePackIsAProblem() throws IOException {
    Path file = folder.resolve("broken");
    Files.write(file, new byte[] {(byte) 0x82, (byte) 0xa5, 'e', 'v'});
    assertThat(problems(TraceReader.readAll(List.of(file), 1))).contains("is no SimKube trace");
  }

  @Test
  void aFeedBringsTimesNodesAndRuns() throws IOException {
    String spec =
        "\"spec\":{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"app\",\"image\":\"a\"}]}";
    String meta =
        "\"metadata\":{\"name\":\"p\",\"namespace\":\"x\",\"uid\":\"u\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"";
    String status =
        "\"status\":{\"phase\":\"Succeeded\",\"containerStatuses\":[{\"name\":\"app\",\"ready\":false,\"restartCount\":0,"
            + "\"image\":\"a\",\"imageID\":\"\",\"state\":{\"terminated\":{\"exitCode\":3,"
            + "\"startedAt\":\"2026-01-01T00:00:10Z\",\"finishedAt\":\"2026-01-01T00:00:40Z\"}}}]}";
    String feed =
        "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\","
            + meta
            + "},"
            + spec
            + "}}\n"
            + "{\"type\":\"MODIFIED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\","
            + meta
            + ",\"deletionTimestamp\":\"2026-01-01T00:02:00Z\",\"deletionGracePeriodSeconds\":30},"
            + spec
            + ","
            + status
            + "}}\n";
    Path file = folder.resolve("feed.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(feed.getBytes(StandardCharsets.UTF_8));
    }
    Trace trace = TraceReader.readAll(List.of(file), 1);
    assertThat(trace.problems()).isEmpty();
    TracePod pod = trace.pods().getFirst();
    assertThat(trace.pods()).hasSize(1);
    assertThat(pod.arrival()).isZero();
    assertThat(pod.node()).isEqualTo("n1");
    assertThat(pod.pod().spec().nodeName()).isEmpty();
    assertThat(pod.deletion()).isEqualTo(90 * Times.SECOND);
    assertThat(pod.runs()).isEqualTo(Map.of("app", new TracePod.Run(30 * Times.SECOND, 3)));
  }

  @Test
  void arrivalRules() throws IOException {
    String rules =
        """
        until: 24h
        nodes: [{name: a, count: 2, allocatable: {cpu: 4}}]
        arrivals:
        - name: day
          arrival: {diurnal: {count: 2000, peak: 14h, depth: 1}}
          lifetime: 10m
          object: &pod {apiVersion: v1, kind: Pod, spec: {containers: [{name: c, image: i}]}}
        - {name: steady, arrival: {every: 1h}, from: 2h, until: 5h, object: *pod}
        - {name: some, arrival: {poisson: {perHour: 100}}, run: 5s, object: *pod}
        """;
    Trace trace = read("rules.yaml", rules);
    assertThat(trace.problems()).isEmpty();
    assertThat(trace.nodes()).hasSize(2);
    assertThat(trace.until()).isEqualTo(24 * 3600 * Times.SECOND);
    long byDay =
        trace.pods().stream().filter(p -> starts(p, "day")).filter(TraceReaderTest::near).count();
    assertThat(byDay)
        .as("of 2000, within 3 h of the peak: a quarter would be 500")
        .isGreaterThan(800);
    assertThat(trace.pods().stream().filter(p -> starts(p, "steady"))).hasSize(3);
    assertThat(trace.pods().stream().filter(p -> starts(p, "some")).count())
        .isBetween(2200L, 2600L);
    assertThat(read("rules.yaml", rules)).isEqualTo(trace);
  }

  private static boolean starts(TracePod pod, String rule) {
    return pod.pod().metadata().name().startsWith(rule + "-");
  }

  private static boolean near(TracePod pod) {
    long hour = 3600 * Times.SECOND;
    return pod.arrival() >= 11 * hour && pod.arrival() < 17 * hour;
  }

  @Test
  void arrivalRulesTellAllMistakes() throws IOException {
    Trace trace =
        read(
            "rules.yaml",
            """
            untill: 1h
            arrivals:
            - {name: a, arrival: {hourly: 3}, object: {apiVersion: v1, kind: Pod, spec: {containers: [{name: c, image: i}]}}}
            - {name: b}
            - {name: c, arrival: {poisson: {}}, object: {apiVersion: v1, kind: Pod, spec: {containers: [{name: c, image: i}]}}}
            """);
    assertThat(problems(trace))
        .contains("untill: unknown field")
        .contains("arrivals[0].arrival.hourly: unknown field")
        .contains("arrivals[1]: needs either manifest or object")
        .contains("arrivals[2].arrival.poisson: needs either perHour or count");
  }
}
