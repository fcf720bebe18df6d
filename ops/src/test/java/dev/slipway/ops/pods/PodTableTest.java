package dev.slipway.ops.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import dev.slipway.ops.print.HumanDuration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table. */
final class PodTableTest {
  private static final long NOW = 1_000_000 * Times.SECOND;

  private static PodLine line(String namespace, String name, int restarts) {
    return new PodLine(
        namespace,
        name,
        "uid-" + name,
        "Deployment/web",
        PodPhase.RUNNING,
        true,
        1,
        2,
        "Running",
        restarts,
        restarts == 0 ? Times.NONE : NOW - 90 * Times.SECOND,
        NOW - 3_700 * Times.SECOND,
        "",
        "node-1");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0s",
    "-5, <invalid>",
    "0, 0s",
    "119, 119s",
    "120, 2m",
    "121, 2m1s",
    "599, 9m59s",
    "600, 10m",
    "10799, 179m",
    "10800, 3h",
    "10860, 3h1m",
    "28800, 8h",
    "172799, 47h",
    "172800, 2d",
    "176400, 2d1h",
    "691200, 8d",
    "63071999, 729d",
    "63072000, 2y",
    "63158400, 2y1d",
    "252288000, 8y"
  })
  void agesAreShortenedAsKubectlDoes(long seconds, String text) {
    assertThat(HumanDuration.of(seconds * Times.SECOND)).isEqualTo(text);
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    List<PodLine> pods = List.of(line("shop", "a-long-name", 12), line("shop", "b", 0));
    assertThat(PodTable.draw(pods, false, true, NOW))
        .containsExactly(
            "NAME          READY   STATUS    RESTARTS       AGE   IP       NODE",
            "a-long-name   1/2     Running   12 (90s ago)   61m   <none>   node-1",
            "b             1/2     Running   0              61m   <none>   node-1");
  }
}
