package dev.slipway.ops.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.format.PodRef;
import dev.slipway.ingest.repair.Anomaly;
import dev.slipway.ingest.repair.AnomalyKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AnomalyLogTest {
  private static final PodRef WEB = new PodRef("u1", "shop", "web");

  private final AnomalyLog log = new AnomalyLog();

  private void late(int version, long nanos) {
    log.anomaly(
        new Anomaly(AnomalyKind.LATE_VERSION, WEB, "version=" + version, 7 * Times.SECOND, nanos));
  }

  @Test
  void countsAllAndKeepsTheLatest() throws IOException {
    for (int version = 0; version < 8; version++) {
      late(version, version * Times.SECOND / 2);
    }
    log.anomaly(new Anomaly(AnomalyKind.DUPLICATE, WEB, "version=9", 0, Times.NONE));
    JsonNode page = new ObjectMapper().readTree(log.json());
    assertThat(page.path("counts").toString()).isEqualTo("{\"DUPLICATE\":1,\"LATE_VERSION\":8}");
    assertThat(page.path("samples").findValuesAsText("detail"))
        .containsExactly(
            "version=9", "version=3", "version=4", "version=5", "version=6", "version=7");
    JsonNode last = page.path("samples").path(5);
    assertThat(last.path("lateSeconds").asDouble()).isEqualTo(3.5);
    assertThat(last.path("arrived").asText()).isEqualTo("1970-01-01T00:00:07Z");
    assertThat(last.path("uid").asText()).isEqualTo("u1");
    assertThat(page.path("samples").path(0).has("lateSeconds")).isFalse();
  }

  @Test
  void aKindIsALineWithItsLatest() {
    var nobody = new PodRef("", "", "");
    List<Anomaly> samples =
        List.of(
            new Anomaly(AnomalyKind.DUPLICATE, WEB, "version=3", 0, Times.NONE),
            new Anomaly(AnomalyKind.DUPLICATE, WEB, "version=4", 0, Times.NONE),
            new Anomaly(AnomalyKind.WATCH_EXPIRED, nobody, "410 Expired: old", 0, Times.NONE));
    assertThat(
            AnomalyLog.lines(
                Map.of(AnomalyKind.DUPLICATE, 5L, AnomalyKind.WATCH_EXPIRED, 1L), samples))
        .containsExactlyInAnyOrder(
            "5 DUPLICATE, the latest of shop/web: version=4",
            "1 WATCH_EXPIRED, the latest: 410 Expired: old");
  }
}
