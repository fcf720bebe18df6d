package dev.slipway.ingest.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Manifests people wrote; the data lies beside the checkout and may be absent. */
final class RealManifestsTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data");

  @Test
  void everyManifestIsReadAndItsPodsSurviveTheWayThroughTheRecords() throws IOException {
    Path folder = DATA.resolve("manifests");
    assumeTrue(Files.isDirectory(folder), () -> "skipped: no data in " + folder);

    ManifestResult result = ManifestReader.lenient().read(folder);

    assertThat(result.pods()).hasSizeGreaterThan(300);
    for (PodSource source : result.pods()) {
      assertThat(source.pod().spec().containers())
          .as("%s document %s", source.file(), source.document())
          .hasSameSizeAs(source.tree().at("/spec/containers"));
      assertThat(PodReader.read(PodWriter.write(source.pod()))).isEqualTo(source.pod());
    }
    // Templates with placeholders where a number should be are the only ones that are refused.
    assertThat(result.problems()).as(result.problems().toString()).hasSizeLessThan(10);
  }

  @Test
  void recordedPodsSurviveTheWayThroughTheRecords() throws IOException {
    Path folder = DATA.resolve("podstatus");
    assumeTrue(Files.isDirectory(folder), () -> "skipped: no data in " + folder);

    var problems = new ArrayList<String>();
    for (PodSource source : ManifestReader.lenient().read(folder).pods()) {
      PodReader.read(source.tree(), (field, reason) -> problems.add(field + ": " + reason));
      JsonNode written = PodWriter.write(source.pod());
      assertThat(PodReader.read(written)).isEqualTo(source.pod());
    }
    // One recording shows a word of kubectl where the phase should be.
    assertThat(problems)
        .allMatch(problem -> problem.equals("status.phase: unknown phase: CrashLoopBackOff"));
  }
}
