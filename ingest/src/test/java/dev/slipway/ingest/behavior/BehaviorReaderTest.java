package dev.slipway.ingest.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.runtime.BehaviorField;
import dev.slipway.engine.runtime.BehaviorRule;
import dev.slipway.engine.runtime.Distribution;
import dev.slipway.engine.runtime.Distribution.Weighted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BehaviorReaderTest {
  private static BehaviorReader.Result read(String text) {
    return BehaviorReader.read("b.yaml", text);
  }

  @Test
  void everyDistributionIsRead() {
    var result =
        read(
            """
            rules:
            - match: {namespace: shop, labels: {app: web}, role: sidecar, image: "*/proxy:*"}
              pull: {uniform: {min: 1s, max: 3s}}
              create: {normal: {mean: 100ms, stddev: 20ms, max: 1s}}
              start: {exponential: {mean: 2s}}
              run: {choice: [{value: forever, weight: 3}, {value: 30s}]}
              stop: {fixed: 5s}
              exit: 0..3
              runs: [{run: 1s, oom: true}, {}]
              readiness: [{ok: false}, {from: 10s, took: 5ms}]
            """);
    assertThat(result.problems()).isEmpty();
    BehaviorRule rule = result.rules().getFirst();
    double second = Times.SECOND;
    assertThat(rule.values())
        .containsEntry(BehaviorField.PULL, new Distribution.Uniform(second, 3 * second))
        .containsEntry(
            BehaviorField.CREATE, new Distribution.Normal(second / 10, second / 50, 0, second))
        .containsEntry(BehaviorField.START, new Distribution.Exponential(2 * second))
        .containsEntry(
            BehaviorField.RUN,
            new Distribution.Choice(List.of(new Weighted(-1, 3), new Weighted(30 * second, 1))))
        .containsEntry(BehaviorField.STOP, Distribution.fixed(5 * second))
        .containsEntry(BehaviorField.EXIT, new Distribution.Uniform(0, 3));
    assertThat(rule.match().role()).isEqualTo(ContainerRole.SIDECAR);
    assertThat(rule.match().labels()).containsEntry("app", "web");
    assertThat(rule.runs()).hasSize(2);
    assertThat(rule.probes().get(ProbeType.READINESS)).hasSize(2);
  }

  @Test
  void allMistakesAreToldTogether() {
    var result =
        read(
            """
            rules:
            - match: {container: web, color: red}
              strt: 1s
              sandbox: 1s
              pull: {normal: {mean: 5s}}
              start: {uniform: {min: 3s, max: 1s}}
              stop: soon
              liveness: [{from: 20x}]
              runs: []
            - 3
            extra: 1
            """);
    assertThat(result.problems())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "b.yaml: extra: unknown field",
            "b.yaml: rules[0].strt: unknown field",
            "b.yaml: rules[0].match.color: unknown field",
            "b.yaml: rules[0].sandbox: is about the pod: not in a rule that matches container,"
                + " image or role",
            "b.yaml: rules[0].pull.normal.stddev: is missing",
            "b.yaml: rules[0].start.uniform: max must not be below min",
            "b.yaml: rules[0].stop: not a duration such as 90s, 1m30s or 250ms: soon",
            "b.yaml: rules[0].liveness[0].from: not a duration such as 90s, 1m30s or 250ms: 20x",
            "b.yaml: rules[0].runs: must not be empty",
            "b.yaml: rules[1]: must be a map");
  }

  @Test
  void brokenYamlIsOneProblem() {
    assertThat(read("rules: [").problems()).hasSize(1);
    assertThat(read("").problems()).hasSize(1);
  }

  @Test
  void documentedExampleIsFine() throws IOException {
    String page = Files.readString(Path.of("../docs/behavior.md"));
    int from = page.indexOf("```yaml\n") + "```yaml\n".length();
    var result = read(page.substring(from, page.indexOf("```", from)));
    assertThat(result.problems()).isEmpty();
    assertThat(result.rules()).hasSize(6);
  }
}
