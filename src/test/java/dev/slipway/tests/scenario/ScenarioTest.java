package dev.slipway.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.state.PodShape;
import dev.slipway.tests.scenario.ScenarioTable.Row;
import dev.slipway.tests.simulation.Observed;
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
  Stream<DynamicTest> resizesAreAsTabulated() {
    return rows("resizes.txt", ScenarioTest::timeline);
  }

  @TestFactory
  Stream<DynamicTest> releasesAreAsTabulated() {
    return rows("releases.txt", ScenarioTest::timeline);
  }

  @TestFactory
  Stream<DynamicTest> decisionsOfReleasesAreAsTabulated() {
    return rows("release-decisions.txt", ScenarioTest::decision);
  }

  @TestFactory
  Stream<DynamicTest> requestsAreAnsweredAsTabulated() {
    return Stream.of("validation.txt", "api.txt")
        .flatMap(table -> rows(table, ScenarioTest::request));
  }

  @TestFactory
  Stream<DynamicTest> statusesAreAsTabulated() {
    return rows("statuses.txt", row -> facts(row, StatusCase.seen(row.pod(), row.given())));
  }

  @TestFactory
  Stream<DynamicTest> theCheckerOfTheSimulationSeesWhatIsBroken() {
    return rows("invariants.txt", ScenarioTest::invariant);
  }

  @TestFactory
  Stream<DynamicTest> jobsAreAsTabulated() {
    return rows("jobs.txt", row -> facts(row, JobCase.seen(row.pod(), row.given())));
  }

  @TestFactory
  Stream<DynamicTest> sumsAreAsTabulated() {
    return rows("sums.txt", row -> facts(row, SumsCase.seen(row.pod(), row.given())));
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

  private static void invariant(Row row) {
    List<List<String>> words =
        Stream.of(row.given().split(";")).map(PodText::words).filter(w -> !w.isEmpty()).toList();
    assertThat(Observed.judge(PodShape.of(new PodText(row.pod()).spec()), words))
        .as("%s %s %s", row.place(), row.id(), row.rules())
        .isEqualTo(row.expected());
  }

  /** The facts a row names, in its order; one without a key is the phase. */
  private static void facts(Row row, Map<String, String> seen) {
    List<String> expected = PodText.words(row.expected());
    List<String> found = new ArrayList<>();
    for (String fact : expected) {
      int at = fact.indexOf('=');
      String key = at < 0 ? "" : fact.substring(0, at);
      found.add((at < 0 ? "" : key + "=") + seen.getOrDefault(key, "~"));
    }
    assertThat(String.join(" ", found))
        .as("%s %s %s", row.place(), row.id(), row.rules())
        .isEqualTo(String.join(" ", expected));
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
