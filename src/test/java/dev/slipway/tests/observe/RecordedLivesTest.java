package dev.slipway.tests.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.FindingKind;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedSpecs;
import dev.slipway.engine.profile.Profile;
import dev.slipway.ingest.feed.PodFormatException;
import dev.slipway.ingest.manifest.JsonPodCodec;
import dev.slipway.ops.conformance.PodVersions;
import dev.slipway.tests.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lives by the complete kubelet break none of the kubelet's rules. */
final class RecordedLivesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonPodCodec CODEC = new JsonPodCodec();
  private static final long ARRIVAL = 1_750_000_000L * Times.SECOND;

  @ParameterizedTest
  @CsvSource({"trace,1.37", "trace-more,1.37", "trace-1.36,1.36", "trace-1.33,1.33"})
  void noViolationIsFoundInARecordedLife(String file, String release) throws IOException {
    Path recorded = Checkout.root().resolve("../shared/oracle/trace/" + file + ".jsonl.gz");
    assumeTrue(Files.exists(recorded), "recorded lives are not here: " + recorded);
    Profile profile =
        switch (release) {
          case "1.33" -> Profile.K8S_1_33;
          case "1.36" -> Profile.K8S_1_36;
          default -> Profile.K8S_1_37;
        };
    List<String> violations = new ArrayList<>();
    int lives = 0;
    int transitions = 0;
    int attentions = 0;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(recorded)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode vector = MAPPER.readTree(line);
        Findings found = follow(vector.path("in"), profile);
        lives++;
        transitions += found.transitions.size();
        for (Finding finding : found.findings) {
          if (finding.kind().severity() == FindingKind.Severity.VIOLATION) {
            violations.add(vector.path("id").asText() + ": " + finding);
          } else {
            attentions++;
          }
        }
      }
    }
    System.out.println(
        file + ": lives " + lives + ", transitions " + transitions + ", attentions " + attentions);
    violations.forEach(System.out::println);
    assertThat(violations).isEmpty();
    assertThat(transitions).isGreaterThan(10 * lives);
  }

  private static Findings follow(JsonNode in, Profile profile) {
    ObserveSettings defaults = ObserveSettings.DEFAULT;
    var settings =
        new ObserveSettings(
            profile,
            defaults.backOff(),
            defaults.skewNanos(),
            defaults.stuckAfterNanos(),
            defaults.jobHeldAfterNanos());
    var found = new Findings();
    var specs = new ObservedSpecs();
    ObservedPod[] followed = new ObservedPod[1];
    PodVersions.of(
        in,
        "pod",
        profile,
        ARRIVAL,
        (type, pod, at) -> {
          Pod version = throughTheApi(pod);
          ObservedPod known = followed[0];
          if (known == null) {
            known = ObservedPod.of(version, specs);
            followed[0] = known;
          }
          long check = known.checkAt(settings);
          if (check != Times.NONE && check <= at) {
            known.due(at, settings, found);
          }
          known.observe(version, at, specs, settings, found);
          if (type.equals("DELETED")) {
            known.gone(at, found);
          }
        });
    ObservedPod known = followed[0];
    long end = ARRIVAL + in.path("horizonMs").asLong() * Times.MILLI;
    long check = known.checkAt(settings);
    if (check != Times.NONE && check <= end) {
      known.due(end, settings, found);
    }
    return found;
  }

  /** Whole seconds, as the API has them. */
  private static Pod throughTheApi(Pod pod) {
    try {
      return CODEC.decode(MAPPER.readTree(CODEC.encode(pod)));
    } catch (IOException | PodFormatException e) {
      throw new IllegalStateException(e);
    }
  }
}
