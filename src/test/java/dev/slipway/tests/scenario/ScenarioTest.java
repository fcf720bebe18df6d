package dev.slipway.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tests.scenario.ScenarioTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs every row of every table; a new row needs no Java. */
final class ScenarioTest {
  @TestFactory
  Stream<DynamicTest> decisionsAreAsTabulated() {
    return rows("decisions.txt", ScenarioTest::decision);
  }

  @TestFactory
  Stream<DynamicTest> timelinesAreAsTabulated() {
    return rows("timelines.txt", ScenarioTest::timeline);
  }

  @TestFactory
  Stream<DynamicTest> probesAreAsTabulated() {
    return rows("probes.txt", ScenarioTest::timeline);
  }

  @TestFactory
  Stream<DynamicTest> requestsAreAnsweredAsTabulated() {
    return Stream.of("validation.txt", "api.txt")
        .flatMap(table -> rows(table, ScenarioTest::request));
  }

  private static Stream<DynamicTest> rows(String table, Consumer<Row> check) {
    return ScenarioTable.read(table).stream()
        .map(row -> DynamicTest.dynamicTest(row.id(), () -> check.accept(row)));
  }

  private static void decision(Row row) {
    assertThat(Decision.of(row.pod(), row.given()))
        .as("%s %s %s", row.place(), row.id(), row.rules())
        .isEqualTo(row.expected());
  }

  private static void request(Row row) {
    List<String> expected = new ArrayList<>(ApiCase.entries(row.expected()));
    List<String> seen = ApiCase.seen(row.pod(), row.given(), expected);
    expected.sort(null);
    assertThat(String.join("\n", seen))
        .as("%s %s %s", row.place(), row.id(), row.rules())
        .isEqualTo(String.join("\n", expected));
  }

  private static void timeline(Row row) {
    Map<String, List<String>> expected = Timeline.expected(row.expected());
    List<String> seen = PodRun.facts(row.pod(), row.given());
    assertThat(lines(Timeline.of(seen, expected.keySet())))
        .as("%s %s %s", row.place(), row.id(), row.rules())
        .isEqualTo(lines(expected));
  }

  private static String lines(Map<String, List<String>> kinds) {
    StringBuilder text = new StringBuilder();
    kinds.forEach((kind, facts) ->
        text.append(kind).append(": ").append(String.join(" ", facts)).append('\n'));
    return text.toString();
  }
}
