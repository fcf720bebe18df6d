package dev.slipway.tests.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.GroupTotals;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedShard;
import dev.slipway.engine.observe.ObservedTransition;
import dev.slipway.engine.observe.PodSnapshot;
import dev.slipway.engine.observe.ShardSink;
import dev.slipway.ingest.manifest.PodReader;
import dev.slipway.ops.observe.StageHistograms;
import dev.slipway.ops.pods.GroupLine;
import dev.slipway.ops.pods.ObservedPods;
import dev.slipway.ops.pods.PodClient;
import dev.slipway.ops.pods.PodDescription;
import dev.slipway.ops.pods.PodLine;
import dev.slipway.ops.pods.PodRoutes;
import dev.slipway.ops.pods.StageLine;
import dev.slipway.tests.Checkout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What get and describe are told of pods that are observed: the planted feed, over HTTP. */
final class ServedTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final PodClient.Which ALL = new PodClient.Which("", "");

  private final StageHistograms times = new StageHistograms();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private ObservedPods pods = pods(1_000);
  private ObservedShard shard = shard(pods);
  private HttpServer server;
  private PodRoutes routes;
  private PodClient client;

  private ObservedPods pods(int max) {
    return new ObservedPods(max, ObserveSettings.DEFAULT, times::lines);
  }

  private ObservedShard shard(ObservedPods to) {
    return new ObservedShard(ObserveSettings.DEFAULT, new Sink(to));
  }

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.setExecutor(threads);
    open(pods);
    client = new PodClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    server.start();
  }

  private void open(ObservedPods answered) {
    PodRoutes opened = PodRoutes.of(answered);
    PodRoutes.PATHS.forEach(path -> server.createContext(path, opened));
    routes = opened;
  }

  @AfterEach
  void close() {
    client.close();
    routes.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private void feed() throws IOException {
    for (String line :
        Files.readAllLines(
            Checkout.root().resolve(Path.of("src/test/resources/observe/planted.jsonl")))) {
      feed(MAPPER.readTree(line));
    }
    shard.tellTotals();
  }

  private void feed(JsonNode record) {
    long at = Instant.parse(record.path("time").asText()).getEpochSecond() * 1_000_000_000L;
    Pod pod = PodReader.read(record.path("object"));
    if (record.path("type").asText().equals("DELETED")) {
      shard.gone(pod, at);
    } else {
      shard.version(pod, at);
    }
  }

  @Test
  void podsAreListedAsKubectlWould() throws IOException, InterruptedException {
    feed();
    List<PodLine> lines = client.pods(ALL);
    assertThat(lines).hasSize(shard.pods().size()).isSortedAccordingTo(PodLine.BY_NAME);
    PodLine crashing =
        lines.stream()
            .filter(line -> line.name().equals("never-restarted"))
            .findFirst()
            .orElseThrow();
    assertThat(crashing.status()).isEqualTo("CrashLoopBackOff");
    assertThat(crashing.node()).isEqualTo("node-1");
    assertThat(crashing.containers()).isEqualTo(1);
    assertThat(crashing.readyContainers()).isZero();
    assertThat(crashing.restarts()).isPositive();
    assertThat(crashing.lastRestart()).isPositive();
    assertThat(client.pods(new PodClient.Which("elsewhere", ""))).isEmpty();
    assertThat(client.note()).isEmpty();
  }

  @Test
  void aPodIsDescribedWithItsFindingsAndWhatComesNext() throws IOException, InterruptedException {
    feed();
    List<String> lines = PodDescription.of(client.pod("planted", "sums-added-up"));
    assertThat(lines)
        .anyMatch(line -> line.startsWith("  violation sums at "))
        .contains("    effective sum: cpu 1, memory 64Mi")
        .contains("    status.allocatedResources: cpu 1500m, memory 96Mi");
    assertThat(PodDescription.of(client.pod("planted", "init-cannot-be-pulled")))
        .anyMatch(line -> line.matches("  start: +setup"));
    assertThatThrownBy(() -> client.pod("planted", "nobody")).hasMessageContaining("not found");
  }

  @Test
  void groupsAreTheShardsTotals() throws IOException, InterruptedException {
    feed();
    GroupLine planted = client.groups("namespaces").getFirst();
    GroupTotals own =
        shard.totals().stream().filter(t -> t.name().equals("planted")).findFirst().orElseThrow();
    assertThat(planted.name()).isEqualTo("planted");
    assertThat(planted.pods()).isEqualTo(shard.pods().size()).isEqualTo(own.pods());
    assertThat(planted.restarts()).isEqualTo(own.restarts());
    assertThat(client.groups("nodes")).extracting(GroupLine::name).contains("node-1");
  }

  @Test
  void stageTimesAreToldByNamespaceAndWorkload() throws IOException, InterruptedException {
    feed();
    List<StageLine> lines = client.stages("planted");
    assertThat(lines).isEqualTo(times.lines("")).isNotEmpty();
    assertThat(lines.getFirst().workload()).isEqualTo(StageLine.ALL);
    assertThat(client.stages("elsewhere")).isEmpty();
  }

  @Test
  void labelsAreNotKeptAndThatIsSaid() {
    assertThatThrownBy(() -> client.pods(new PodClient.Which("", "a=b")))
        .hasMessageContaining("labels are not kept");
  }

  @Test
  void whatIsTooMuchIsNotKeptAndThatIsSaid() throws IOException, InterruptedException {
    PodRoutes.PATHS.forEach(server::removeContext);
    pods = pods(3);
    shard = shard(pods);
    open(pods);
    feed();
    assertThat(client.pods(ALL)).hasSize(3);
    assertThat(client.note()).contains("--pods-max 3");
  }

  @Test
  void aPartitionThatGoesElsewhereTakesItsPodsWithIt() throws IOException, InterruptedException {
    feed();
    pods.dropped(1);
    assertThat(client.pods(ALL)).hasSize(shard.pods().size());
    pods.dropped(0);
    assertThat(client.pods(ALL)).isEmpty();
    assertThat(client.groups("namespaces")).isEmpty();
  }

  @Test
  void aWatchSeesWhatThereIsAndThenEveryChange() throws Exception {
    List<String> lines =
        Files.readAllLines(
            Checkout.root().resolve(Path.of("src/test/resources/observe/planted.jsonl")));
    feed(MAPPER.readTree(lines.getFirst()));
    var listed = new CountDownLatch(1);
    var changed = new CountDownLatch(1);
    threads.submit(() -> {
      client.watch(
          ALL,
          new PodClient.Watcher() {
            @Override
            public void listed(PodLine line) {}

            @Override
            public void complete() {
              listed.countDown();
            }

            @Override
            public void changed(PodLine line) {
              changed.countDown();
            }

            @Override
            public void gone(String uid) {}
          });
      return null;
    });
    assertThat(listed.await(20, TimeUnit.SECONDS)).isTrue();
    for (String line : lines) {
      feed(MAPPER.readTree(line));
    }
    assertThat(changed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Hands over what a shard of the service would. */
  private final class Sink implements ShardSink {
    private final ObservedPods to;

    Sink(ObservedPods to) {
      this.to = to;
    }

    @Override
    public void transition(ObservedPod pod, ObservedTransition transition) {}

    @Override
    public void finding(ObservedPod pod, Finding finding) {
      to.finding(pod, finding);
    }

    @Override
    public void readyFirst(ObservedPod pod) {
      times.readyFirst(pod);
    }

    @Override
    public void changed(ObservedPod pod) {
      to.snapshot(0, pod.identity(), PodSnapshot.encode(pod));
    }

    @Override
    public void forgotten(ObservedPod pod) {
      to.snapshot(0, pod.identity(), null);
    }

    @Override
    public void totals(GroupTotals totals) {
      to.totals(0, totals);
    }

    @Override
    public void totalsGone(String group, String name) {
      to.totalsGone(0, group, name);
    }
  }
}
