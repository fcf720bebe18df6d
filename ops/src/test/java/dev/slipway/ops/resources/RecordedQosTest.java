package dev.slipway.ops.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosRules;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.ingest.manifest.ManifestReader;
import dev.slipway.ingest.manifest.ManifestResult;
import dev.slipway.ingest.manifest.PodSource;
import dev.slipway.ops.conformance.ResourceJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pods of real clusters; the data lies beside the checkout and may be absent. */
class RecordedQosTest {
  private static final Path FOLDER = Path.of("..", "..", "shared", "data", "podstatus");

  private static final String BY_HAND =
      "a fixture edited by hand: resources were added, the class BestEffort was left";

  /** File of each pod whose class cannot follow from its spec, and the reason. */
  private static final Map<String, String> CONTRADICTIONS =
      Map.of(
          "argoproj-argo-cd/edited/pod-running-restart-never-hook-with-ignore-annotation.json",
          BY_HAND,
          "argoproj-argo-cd/edited/pod-running-restart-never-with-ignore-annotation-backoff.json",
          BY_HAND,
          "argoproj-argo-cd/edited/pod-running-restart-never-with-ignore-annotation.json",
          BY_HAND,
          "derailed-k9s/edited/po.json",
          BY_HAND,
          "derailed-k9s/edited/po_init.json",
          BY_HAND);

  private static ManifestResult recorded =
      new ManifestResult(List.of(), new TreeMap<>(), List.of());

  @BeforeAll
  static void read() throws IOException {
    boolean present = Files.isDirectory(FOLDER);
    if (!present) {
      System.out.println("skipped: no data in " + FOLDER);
    }
    assumeTrue(present, () -> "skipped: no data in " + FOLDER);
    recorded = ManifestReader.lenient().read(FOLDER);
  }

  @Test
  void classIsTheOneTheClusterWrote() {
    var differences = new TreeMap<String, String>();
    int compared = 0;
    for (PodSource source : recorded.pods()) {
      String written = source.source().at("/status/qosClass").asText();
      if (written.isEmpty()) {
        continue;
      }
      compared++;
      PodResources pod = ResourceJson.pod(source.tree());
      String computed = QosRules.compute(pod).text();
      if (!computed.equals(written)) {
        String file = FOLDER.relativize(Path.of(source.file())).toString().replace('\\', '/');
        differences.put(file, source.name() + ": " + computed + ", written " + written);
      }
    }
    assertThat(compared).isGreaterThan(1600);
    assertThat(differences.keySet()).as(differences.toString()).isEqualTo(CONTRADICTIONS.keySet());
  }

  @Test
  void totalsAreTheSumOfTheRows() {
    ResourceReport report = new PodIntake(null, 16L << 30).report(recorded);
    var request = new ArrayList<ResourceList>();
    var naive = new ArrayList<ResourceList>();
    for (PodFigures row : report.rows()) {
      if (!row.ended()) {
        request.add(row.request());
        naive.add(row.naive());
      }
    }
    assertThat(report.cluster().totals().requests()).isEqualTo(sum(request));
    assertThat(report.cluster().naive()).isEqualTo(sum(naive));
    assertThat(report.qos().agree()).isGreaterThan(1300);
  }

  /** Names with nothing but zeros are absent from totals. */
  private static ResourceList sum(Iterable<ResourceList> lists) {
    ResourceList sum = ResourceList.EMPTY;
    for (ResourceList list : lists) {
      sum = sum.plus(list);
    }
    var entries = sum.toMap();
    entries.values().removeIf(amount -> amount.isZero());
    return ResourceList.of(entries);
  }
}
