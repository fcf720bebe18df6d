package dev.slipway.tests.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.FindingKind;
import dev.slipway.engine.observe.GroupTotals;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedShard;
import dev.slipway.engine.observe.ObservedTransition;
import dev.slipway.engine.observe.PodSnapshot;
import dev.slipway.engine.observe.ShardSink;
import dev.slipway.ingest.manifest.PodReader;
import dev.slipway.tests.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A feed with one violation of each kind, each beside a pod that comes close to it. */
final class PlantedTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path FEED =
      Checkout.root().resolve("src/test/resources/observe/planted.jsonl");
  private static final Path EXPECTED =
      Checkout.root().resolve("src/test/resources/observe/planted.tsv");

  @Test
  void eachPlantedViolationGivesItsFindingAndNothingElse() throws IOException {
    Log log = new Log();
    follow(log, new ObservedShard(ObserveSettings.DEFAULT, log), false);
    Map<String, List<String>> expected = expected();
    assertThat(log.found().keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (pod, findings) -> assertThat(log.found().get(pod)).as(pod).isEqualTo(findings));
  }

  @Test
  void everyKindIsPlanted() throws IOException {
    List<String> planted = expected().values().stream().flatMap(List::stream).toList();
    for (FindingKind kind : FindingKind.values()) {
      assertThat(planted).anyMatch(line -> line.startsWith(kind.id() + "\t"));
    }
  }

  @Test
  void aShardThatIsRestoredBeforeEveryRecordSaysTheSame() throws IOException {
    Log once = new Log();
    follow(once, new ObservedShard(ObserveSettings.DEFAULT, once), false);
    Log restored = new Log();
    follow(restored, new ObservedShard(ObserveSettings.DEFAULT, restored), true);
    assertThat(restored.lines).isEqualTo(once.lines);
    assertThat(restored.counts).isEqualTo(once.counts);
    assertThat(once.counts.get("namespace/planted"))
        .extracting(counts -> (long) counts.pods())
        .isEqualTo((long) once.changelog.size());
    assertThat(once.lines).hasSizeGreaterThan(200);
  }

  private static ObservedShard follow(Log log, ObservedShard first, boolean restarts)
      throws IOException {
    ObservedShard shard = first;
    for (String line : Files.readAllLines(FEED)) {
      JsonNode record = MAPPER.readTree(line);
      long at = Instant.parse(record.path("time").asText()).getEpochSecond() * 1_000_000_000L;
      Pod pod = PodReader.read(record.path("object"));
      if (restarts) {
        shard = log.restore(shard.clock());
      }
      if (record.path("type").asText().equals("DELETED")) {
        shard.gone(pod, at);
      } else {
        shard.version(pod, at);
      }
    }
    shard.tellTotals();
    return shard;
  }

  private static Map<String, List<String>> expected() throws IOException {
    Map<String, List<String>> expected = new TreeMap<>();
    try (Stream<String> lines = Files.lines(EXPECTED)) {
      for (String line : lines.filter(text -> !text.startsWith("#")).toList()) {
        String[] columns = line.split("\t", -1);
        List<String> found = expected.computeIfAbsent(columns[0], _ -> new ArrayList<>());
        if (!columns[1].equals("-")) {
          found.add(columns[1] + "\t" + (columns.length > 2 ? columns[2] : ""));
        }
      }
    }
    return expected;
  }

  /** Keeps what a shard says, and its changelog. */
  private static final class Log implements ShardSink {
    final List<String> lines = new ArrayList<>();
    private final Map<String, List<String>> found = new TreeMap<>();
    final Map<String, GroupTotals> counts = new TreeMap<>();
    private final Map<String, byte[]> changelog = new HashMap<>();

    ObservedShard restore(long clock) {
      var shard = new ObservedShard(ObserveSettings.DEFAULT, this);
      changelog.values().forEach(bytes -> shard.restore(shard.decode(bytes)));
      shard.restored(clock);
      return shard;
    }

    Map<String, List<String>> found() {
      return found;
    }

    @Override
    public void transition(ObservedPod pod, ObservedTransition transition) {
      found.computeIfAbsent(pod.name(), _ -> new ArrayList<>());
      lines.add(pod.name() + " " + transition);
    }

    @Override
    public void finding(ObservedPod pod, Finding finding) {
      found
          .computeIfAbsent(pod.name(), _ -> new ArrayList<>())
          .add(finding.kind().id() + "\t" + finding.container());
      lines.add(pod.name() + " " + finding);
    }

    @Override
    public void readyFirst(ObservedPod pod) {
      lines.add(pod.name() + " " + pod.stages());
    }

    @Override
    public void totals(GroupTotals totals) {
      counts.put(totals.group() + "/" + totals.name(), totals);
    }

    @Override
    public void totalsGone(String group, String name) {
      counts.remove(group + "/" + name);
    }

    @Override
    public void changed(ObservedPod pod) {
      changelog.put(pod.identity(), PodSnapshot.encode(pod));
    }

    @Override
    public void forgotten(ObservedPod pod) {
      changelog.remove(pod.identity());
    }
  }
}
