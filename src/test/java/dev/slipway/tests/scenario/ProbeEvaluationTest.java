package dev.slipway.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tests.scenario.ScenarioTable.Row;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every row of {@code probe-evaluations.txt}; a new row needs no Java. The first word of the
 * pod's cell says what is asked: a bracket a pod's probe workers, {@code life} a whole pod's life,
 * {@code decide} one decision, {@code flags} started and ready, {@code grace} one stop, and
 * everything else one execution of that handler.
 */
final class ProbeEvaluationTest {
  @TestFactory
  Stream<DynamicTest> evaluationsAreAsTabulated() {
    return ScenarioTable.read("probe-evaluations.txt").stream()
        .map(row -> DynamicTest.dynamicTest(row.id(), () -> check(row)));
  }

  private static void check(Row row) {
    int space = row.pod().indexOf(' ');
    String kind = space < 0 ? row.pod() : row.pod().substring(0, space);
    String rest = row.pod().substring(space + 1);
    String seen =
        switch (kind) {
          case "life" -> life(rest, row);
          case "decide" -> Decision.of(rest, row.given());
          case "flags" -> ProbeFlagsRun.of(rest, row.given());
          case "grace" -> ProbeGrace.of(row.given());
          default ->
              kind.startsWith("[")
                  ? String.join(" ", WorkerRun.facts(row.pod(), row.given()))
                  : HandlerRun.of(row.pod(), row.given());
        };
    assertThat(seen)
        .as("%s %s %s", row.place(), row.id(), row.rules())
        .isEqualTo(row.expected().replaceAll("\\s+", " "));
  }

  /** The kinds of facts the row tells of, in the order of the row. */
  private static String life(String pod, Row row) {
    Map<String, List<String>> expected = Timeline.expected(row.expected());
    Map<String, List<String>> seen = Timeline.of(PodRun.facts(pod, row.given()), expected.keySet());
    return seen.equals(expected) ? row.expected().replaceAll("\\s+", " ") : seen.toString();
  }
}
