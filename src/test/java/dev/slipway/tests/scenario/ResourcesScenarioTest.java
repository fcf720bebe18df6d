package dev.slipway.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tests.scenario.ScenarioTable.Row;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs every row of the resource tables; a new row needs no Java. */
final class ResourcesScenarioTest {
  private static final List<String> TABLES =
      List.of(
          "resources-amounts.txt",
          "resources-pods.txt",
          "resources-cgroups.txt",
          "resources-quotas.txt",
          "resources-nodes.txt",
          "resources-totals.txt");

  @TestFactory
  Stream<DynamicTest> amounts() {
    return rows(TABLES.get(0), AmountAnswers::of);
  }

  @TestFactory
  Stream<DynamicTest> pods() {
    return rows(TABLES.get(1), (cell, given) -> PodAnswers.of(SumsText.pod(cell), given));
  }

  @TestFactory
  Stream<DynamicTest> cgroups() {
    return rows(TABLES.get(2), CgroupAnswers::of);
  }

  @TestFactory
  Stream<DynamicTest> quotas() {
    return rows(TABLES.get(3), QuotaAnswers::of);
  }

  @TestFactory
  Stream<DynamicTest> nodes() {
    return rows(TABLES.get(4), NodeAnswers::of);
  }

  @TestFactory
  Stream<DynamicTest> totals() {
    return rows(TABLES.get(5), (_, given) -> TotalsAnswers.of(given));
  }

  @Test
  void everyRuleHasARow() {
    Set<String> missing =
        ScenarioTable.lines("/scenarios/rules.list").stream()
            .filter(line -> line.startsWith("R-"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(missing).isNotEmpty();
    for (String table : TABLES) {
      ScenarioTable.read(table).forEach(row -> missing.removeAll(row.rules()));
    }
    assertThat(missing).isEmpty();
  }

  private static Stream<DynamicTest> rows(String table, BiFunction<String, Given, String> answer) {
    return ScenarioTable.read(table).stream()
        .map(row -> DynamicTest.dynamicTest(row.id(), () -> check(row, answer)));
  }

  private static void check(Row row, BiFunction<String, Given, String> answer) {
    assertThat(answer.apply(row.pod(), new Given(row.given())))
        .as("%s %s %s", row.place(), row.id(), row.rules())
        .isEqualTo(row.expected());
  }
}
