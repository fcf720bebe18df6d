package dev.slipway.ops.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.ingest.manifest.ManifestReader;
import dev.slipway.ingest.manifest.ManifestResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/**
 * Whole plans. Expected tables are beside the manifests; {@code -Dgolden=write} writes them anew.
 */
class PlanTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/slipway/ops/plan");
  private static final TextStyle PLAIN = new TextStyle(true, false, 100);

  private record Output(String out, String err, boolean fine) {}

  private static PlanOptions options(long deleteAt, String... failures) {
    return new PlanOptions(
        Until.USUAL,
        deleteAt,
        null,
        List.of(failures).stream().map(Failure::parse).toList(),
        1,
        Behavior.DEFAULT,
        Profile.K8S_1_37,
        3600 * Times.SECOND,
        List.of());
  }

  private static ManifestResult file(String name) {
    try (InputStream in = requireNonNull(PlanTest.class.getResourceAsStream(name))) {
      return ManifestReader.strict().read(name, in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ManifestResult text(String yaml) {
    try {
      return ManifestReader.strict()
          .read("in.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Output plan(ManifestResult manifests, PlanOptions options, Plan.Format format) {
    return plan(manifests, options, format, PLAIN);
  }

  private static Output plan(
      ManifestResult manifests, PlanOptions options, Plan.Format format, TextStyle style) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    boolean fine =
        new Plan(new PrintWriter(out), new PrintWriter(err), _ -> {}, () -> {})
            .run(new Plan.Request(manifests, null, options, format, style, true, false));
    return new Output(out.toString(), err.toString(), fine);
  }

  private static void golden(String name, String actual) throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(RESOURCES.resolve(name), actual);
    }
    try (InputStream in = requireNonNull(PlanTest.class.getResourceAsStream(name))) {
      assertThat(actual).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void tableOfAPodWithEverything() throws IOException {
    PlanOptions options = options(50 * Times.SECOND, "helper@20s=3", "helper@22s=oom");
    golden("shop.txt", plan(file("shop.yaml"), options, Plan.Format.TABLE).out());
  }

  /** The sidecar stands under the init container after it; the page's formula leaves it out. */
  @Test
  void sumsAreExplained() throws IOException {
    PlanOptions options = options(-1);
    golden("sums.txt", plan(file("sums.yaml"), options, Plan.Format.TABLE).out());
    JsonNode plan = json(file("sums.yaml"), options);
    JsonNode memory = plan.at("/sums/resources/memory");
    assertThat(memory.path("request").asText()).isEqualTo("264Mi");
    assertThat(memory.path("documentationPageRequest").asText()).isEqualTo("200Mi");
    assertThat(memory.path("limit").asText()).isEqualTo("none");
    assertThat(memory.path("declaredLimit").asText()).isEqualTo("528Mi");
    assertThat(plan.at("/explanation/0").asText()).isEqualTo("cpu request 400m");
  }

  @Test
  void tableWithoutBlockCharacters() throws IOException {
    PlanOptions options = options(50 * Times.SECOND);
    TextStyle ascii = new TextStyle(false, false, 80);
    Output output = plan(file("deployment.yaml"), options, Plan.Format.TABLE, ascii);
    assertThat(output.out()).matches("\\p{ASCII}*");
    golden("deployment.txt", output.out());
  }

  /** The page on sidecars: the app starts after the sidecar, and stops before it. */
  @Test
  void sidecarOfADeploymentOutlivesItsApp() throws IOException {
    JsonNode plan = json(file("deployment.yaml"), options(30 * Times.SECOND));
    assertThat(plan.at("/outcome/result").asText()).isEqualTo("READY");
    assertThat(at(plan, "Started", "web")).isGreaterThan(at(plan, "Started", "logs"));
    assertThat(at(plan, "exit", "web")).isEqualTo(at(plan, "signal", "logs"));
    assertThat(at(plan, "exit", "logs")).isGreaterThan(at(plan, "exit", "web"));
  }

  /** The same page: a sidecar does not keep a Job from completing. */
  @Test
  void jobCompletesAlthoughItsSidecarRuns() throws IOException {
    JsonNode plan = json(file("job.yaml"), options(-1));
    assertThat(plan.at("/outcome/result").asText()).isEqualTo("COMPLETED");
    assertThat(at(plan, "signal", "logs")).isEqualTo(at(plan, "exit", "import"));
  }

  @Test
  void deletionBeforeTheEndIsTold() throws IOException {
    JsonNode job = json(file("job.yaml"), options(8 * Times.SECOND));
    assertThat(job.at("/outcome/result").asText()).isEqualTo("NOT_COMPLETED");
    assertThat(job.at("/outcome/detail").asText()).isEqualTo("deleted at 8s");
    JsonNode deployment = json(file("deployment.yaml"), options(2 * Times.SECOND));
    assertThat(deployment.at("/outcome/result").asText()).isEqualTo("NOT_READY");
  }

  private static JsonNode json(ManifestResult manifests, PlanOptions options) throws IOException {
    return new ObjectMapper()
        .readTree(plan(manifests, options, Plan.Format.JSON).out())
        .at("/plans/0");
  }

  private static long at(JsonNode plan, String what, String container) {
    for (JsonNode moment : plan.path("moments")) {
      if (moment.path("container").asText().equals(container)
          && (moment.path("what").asText().equals(what)
              || moment.path("reason").asText().equals(what))) {
        return moment.path("atMs").asLong();
      }
    }
    throw new AssertionError("no " + what + " of " + container);
  }

  @Test
  void sameInputGivesTheSameBytes() {
    for (Plan.Format format : Plan.Format.values()) {
      PlanOptions options = options(50 * Times.SECOND, "helper@20s");
      assertThat(plan(file("shop.yaml"), options, format))
          .isEqualTo(plan(file("shop.yaml"), options, format));
    }
  }

  @Test
  void svgIsWellFormed() throws Exception {
    Output output =
        plan(
            text(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: a}
                spec:
                  containers: [{name: web, image: "a&b"}]
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: "b<c"}
                spec:
                  containers: [{name: web, image: x}]
                """),
            options(30 * Times.SECOND, "web@10s"),
            Plan.Format.SVG);
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(output.out())));
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.getElementsByTagName("rect").getLength()).isGreaterThan(10);
  }

  @Test
  void severalWorkloadsGetALineEach() {
    Output output =
        plan(
            text(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: up}
                spec:
                  containers: [{name: web, image: x}]
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: loop, annotations: {slipway.dev/run: 1s, slipway.dev/exit: "2"}}
                spec:
                  initContainers: [{name: prepare, image: x}]
                  containers: [{name: web, image: x}]
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: broken, annotations: {slipway.dev/exit.prepare: "2"}}
                spec:
                  initContainers: [{name: prepare, image: x}]
                  containers: [{name: web, image: x}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: empty}
                spec: {}
                """),
            options(-1),
            Plan.Format.TABLE);
    assertThat(output.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("Pod default/up +Ready in [0-9.]+s"),
            line ->
                assertThat(line)
                    .matches("Pod default/loop +Ready in .*, no longer: web: .* restarts\\)"),
            line ->
                assertThat(line)
                    .matches(
                        "Pod default/broken +not Ready after 1h: prepare: CrashLoopBackOff"
                            + " \\(last exit code 2, 1[0-9] restarts\\) \\(the horizon\\)"),
            line -> assertThat(line).isEmpty(),
            line ->
                assertThat(line)
                    .isEqualTo("planned 3, passed over 1 (Service 1), 1 problem in 1 file"));
    assertThat(output.err()).isEqualTo("in.yaml: spec.containers: Required value\n");
    assertThat(output.fine()).isFalse();
  }
}
