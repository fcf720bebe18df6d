package dev.slipway.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs every row of the scheduling tables; a new row needs no Java. */
final class PlacementScenarioTest {
  @TestFactory
  Stream<DynamicTest> placements() {
    return rows("placements.txt", (pod, given) -> PlacementAnswers.of(pod, new Given(given)));
  }

  @TestFactory
  Stream<DynamicTest> queues() {
    return rows("queues.txt", (_, given) -> QueueAnswers.of(given));
  }

  private static Stream<DynamicTest> rows(String table, BiFunction<String, String, String> answer) {
    return ScenarioTable.read(table).stream()
        .map(row ->
            DynamicTest.dynamicTest(
                row.id(),
                () ->
                    assertThat(answer.apply(row.pod(), row.given()))
                        .as("%s %s %s", row.place(), row.id(), row.rules())
                        .isEqualTo(row.expected())));
  }
}
