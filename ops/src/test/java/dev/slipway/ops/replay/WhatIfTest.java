package dev.slipway.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.engine.state.PodShape;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ingest.trace.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WhatIfTest {
  @TempDir private Path folder;

  private Scenario variant(String text) throws IOException {
    Trace trace = Samples.trace(folder, Samples.HOUR);
    List<Problem> problems = new ArrayList<>();
    WhatIf whatIf = WhatIf.read("what-if.yaml", text, problems).orElseThrow();
    var request =
        new Replay.Request(
            trace,
            List.of(whatIf),
            Behavior.DEFAULT,
            Profile.K8S_1_37,
            1,
            false,
            OptionalLong.empty(),
            OptionalLong.empty(),
            0,
            1,
            Map.of(),
            "test",
            folder);
    Scenario scenario = whatIf.scenario(request, 0, trace.until(), problems);
    assertThat(problems).isEmpty();
    return scenario;
  }

  private static PodInput first(Scenario scenario, String rule) {
    return scenario.pods().stream()
        .filter(pod -> pod.meta().name().startsWith(rule + "-"))
        .findFirst()
        .orElseThrow();
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        // what of a web pod is otherwise, effective CPU (was 2000), init containers, app containers
        Arguments.of("{}", 2000, "migrate proxy", "web"),
        Arguments.of(
            "{match: {container: migrate}, resources: {requests: {cpu: 250m}}}",
            600,
            "migrate proxy",
            "web"),
        Arguments.of(
            "{match: {role: init}, resources: {requests: {cpu: x0.5}}}",
            1000,
            "migrate proxy",
            "web"),
        Arguments.of("{match: {role: init}, remove: true}", 600, "proxy", "web"),
        Arguments.of("{match: {container: pr*}, remove: true}", 2000, "migrate", "web"),
        Arguments.of(
            "{addSidecars: [{name: logs, image: l, resources: {requests: {cpu: 1800m}}}]}",
            2400,
            "migrate proxy logs",
            "web"),
        Arguments.of("{overhead: {cpu: 250m}}", 2250, "migrate proxy", "web"),
        Arguments.of(
            "{match: {namespace: other}, overhead: {cpu: 9}}", 2000, "migrate proxy", "web"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void podsAreOtherwise(String change, long cpu, String init, String apps) throws IOException {
    PodInput web = first(variant("{name: v, pods: [" + change + "]}"), "web");
    PodSpec spec = web.shape().spec;
    assertThat(web.footprint().requested()[0]).isEqualTo(cpu);
    assertThat(String.join(" ", spec.initContainers().stream().map(c -> c.name()).toList()))
        .isEqualTo(init);
    assertThat(String.join(" ", spec.containers().stream().map(c -> c.name()).toList()))
        .isEqualTo(apps);
  }

  @Test
  void anAppContainerBecomesASidecarUnlessItIsTheLastOne() throws IOException {
    String text = "{name: v, pods: [{match: {container: web}, nativise: true}]}";
    PodShape shape = first(variant(text), "web").shape();
    assertThat(shape.spec.containers()).hasSize(1);
  }

  @Test
  void graceAndProbes() throws IOException {
    PodSpec spec =
        first(
                variant(
                    """
                    name: v
                    pods:
                    - terminationGracePeriodSeconds: 5
                    - match: {container: web}
                      probes: {readiness: {periodSeconds: 3}, liveness: none}
                    """),
                "web")
            .shape()
            .spec;
    assertThat(spec.terminationGracePeriodSeconds()).isEqualTo(5);
    assertThat(spec.containers().getFirst().livenessProbe()).isNull();
    assertThat(spec.containers().getFirst().readinessProbe()).returns(3, ProbeSpec::periodSeconds);
  }

  @Test
  void nodesAreOtherwise() throws IOException {
    Scenario fewer = variant("{name: v, nodes: {count: -34%}}");
    assertThat(fewer.nodes()).hasSize(2);
    Scenario more = variant("{name: v, nodes: {count: 5, allocatable: {cpu: 16}}}");
    assertThat(more.nodes()).hasSize(5);
    assertThat(more.nodes().stream().map(node -> node.name())).doesNotHaveDuplicates();
    assertThat(more.nodes().getLast().allocatable().getOrZero("cpu").value()).isEqualTo(16);
    Scenario drained =
        variant(
            "{name: v, kubernetes: 1.33, nodes: {drain: [{node: 'node-*', at: 5m, every: 1m, count: 2}]}}");
    assertThat(drained.drains())
        .containsExactly(
            new Scenario.Drain("node-0", Samples.minutes(5)),
            new Scenario.Drain("node-1", Samples.minutes(6)));
    assertThat(drained.profile().version()).isEqualTo("1.33");
  }

  @Test
  void allMistakesAreToldAtOnce() {
    List<Problem> problems = new ArrayList<>();
    String text =
        """
        name: base
        kubernetes: 1.99
        nodes: {count: many, drain: [{node: x}]}
        pods:
        - match: {rolle: app}
          resources: {requests: {cpu: 1x}}
          remove: true
          probes: {readiness: {periodSeconds: -1}}
        """;
    assertThat(WhatIf.read("f.yaml", text, problems)).isEmpty();
    assertThat(problems.stream().map(Problem::field))
        .containsExactlyInAnyOrder(
            "name",
            "kubernetes",
            "nodes.count",
            "nodes.drain[0].at",
            "pods[0].match.rolle",
            "pods[0].resources.requests.cpu",
            "pods[0].remove",
            "pods[0].probes.readiness.periodSeconds");
    assertThat(problems.getFirst().toString()).startsWith("f.yaml: ");
  }
}
