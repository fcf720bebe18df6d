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
import dev.slipway.ingest.manifest.PodReader;
import dev.slipway.tests.Checkout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Objects of real clusters, as their API servers and kubelets gave them. */
final class RealObjectsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Set<FindingKind> RESOURCE_KINDS =
      EnumSet.of(FindingKind.RESOURCES, FindingKind.SUMS, FindingKind.LIMITS_IN_FORCE);
  private static final long NOW = 1_800_000_000L * Times.SECOND;
  private static final long DAY = 86_400 * Times.SECOND;

  @Test
  void realPodsShowNoViolation() throws IOException {
    Path data = Checkout.root().resolve("../shared/data/podstatus");
    assumeTrue(Files.isDirectory(data), "real pods are not here: " + data);
    List<String> violations = new ArrayList<>();
    int[] pods = new int[1];
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (file.toString().contains("/edited/")) {
          continue;
        }
        for (JsonNode object : objects(MAPPER.readTree(open(file)))) {
          pods[0]++;
          judge(file, object, violations);
        }
      }
    }
    System.out.println("pod objects " + pods[0]);
    violations.forEach(System.out::println);
    assertThat(violations).isEmpty();
    assertThat(pods[0]).isPositive();
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  private static List<JsonNode> objects(JsonNode root) {
    List<JsonNode> objects = new ArrayList<>();
    JsonNode list = root.isArray() ? root : root.path("items");
    if (list.isArray()) {
      list.forEach(objects::add);
    } else {
      objects.add(root);
    }
    return objects;
  }

  private static void judge(Path file, JsonNode object, List<String> violations) {
    Pod pod = PodReader.read(object);
    var specs = new ObservedSpecs();
    var found = new Findings();
    ObservedPod followed = ObservedPod.of(pod, specs);
    followed.observe(pod, NOW, specs, ObserveSettings.DEFAULT, found);
    // What else is waited for in vain is no contradiction in a single object.
    var later = new Findings();
    followed.due(NOW + DAY, ObserveSettings.DEFAULT, later);
    later.findings.removeIf(finding -> !RESOURCE_KINDS.contains(finding.kind()));
    found.findings.addAll(later.findings);
    for (Finding finding : found.findings) {
      violations.add(file.getFileName() + " " + pod.metadata().key() + ": " + finding);
    }
  }
}
