package dev.slipway.tests.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedSpecs;
import dev.slipway.engine.observe.PodSnapshot;
import dev.slipway.ingest.manifest.PodReader;
import dev.slipway.ops.observe.StageHistograms;
import dev.slipway.ops.pods.StageLine;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stage times by the workload its user knows. */
final class StageHistogramsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:00Z");

  private final StageHistograms times = new StageHistograms();

  /** A pod that was Ready so many seconds after its creation. */
  private static ObservedPod pod(
      String name, String owner, String ownerName, String hash, int seconds) {
    String created = CREATED.toString();
    String ready = CREATED.plusSeconds(seconds).toString();
    String template =
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"namespace":"shop","name":"%s","uid":"%s",
        "resourceVersion":"%%s","creationTimestamp":"%s","labels":{"pod-template-hash":"%s"},
        "ownerReferences":[{"kind":"%s","name":"%s","controller":true}]},
        "spec":{"containers":[{"name":"app"}]},"status":%%s}\
        """
            .formatted(name, name, created, hash, owner, ownerName);
    var specs = new ObservedSpecs();
    String status =
        """
        {"phase":"Running","conditions":[{"type":"PodScheduled","status":"True",
        "lastTransitionTime":"%s"},{"type":"Ready","status":"True","lastTransitionTime":"%s"}],
        "containerStatuses":[{"name":"app","ready":true,"state":{"running":{"startedAt":"%s"}}}]}\
        """
            .formatted(created, ready, ready);
    Pod first = read(template.formatted("1", "{}"));
    ObservedPod observed = ObservedPod.of(first, specs);
    observed.observe(first, 0, specs, ObserveSettings.DEFAULT, new Findings());
    Pod second = read(template.formatted("2", status));
    observed.observe(second, 0, specs, ObserveSettings.DEFAULT, new Findings());
    return PodSnapshot.decode(PodSnapshot.encode(observed), specs);
  }

  private static Pod read(String json) {
    try {
      return PodReader.read(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private List<String> workloads() {
    return times.lines("shop").stream().map(StageLine::workload).distinct().toList();
  }

  @Test
  void quantilesAreThoseOfTheWorkload() {
    for (int k = 1; k <= 100; k++) {
      times.readyFirst(pod("web-" + k, "ReplicaSet", "web-5d4f8", "5d4f8", k));
    }
    assertThat(workloads()).containsExactly("*", "Deployment/web");
    StageLine ready =
        times.lines("").stream()
            .filter(line -> line.workload().equals("Deployment/web"))
            .filter(line -> line.stage().equals("ready"))
            .findFirst()
            .orElseThrow();
    assertThat(ready)
        .isEqualTo(
            new StageLine(
                "shop", "Deployment/web", "ready", Integer.MAX_VALUE, 100, 50, 90, 99, 100));
    assertThat(times.lines("shop"))
        .filteredOn(line -> line.workload().equals("Deployment/web"))
        .extracting(StageLine::stage)
        .containsExactly("scheduled", "started/app", "ready");
  }

  @Test
  void aWorkloadIsWhatItsUserMade() {
    times.readyFirst(pod("a", "ReplicaSet", "web-db", "", 1));
    times.readyFirst(pod("b", "Job", "report-29412345", "", 1));
    times.readyFirst(pod("c", "Job", "import-7", "", 1));
    times.readyFirst(pod("d", "StatefulSet", "db", "", 1));
    assertThat(workloads())
        .containsExactly(
            "*", "CronJob/report", "Job/import-7", "ReplicaSet/web-db", "StatefulSet/db");
  }

  @Test
  void ownersWithoutBoundAreCountedTogether() {
    for (int k = 0; k < 5_010; k++) {
      times.readyFirst(pod("p" + k, "Job", "job-" + k, "", 1));
    }
    List<StageLine> other = times.lines("other");
    assertThat(other).isNotEmpty().allMatch(line -> line.pods() == 10);
  }
}
