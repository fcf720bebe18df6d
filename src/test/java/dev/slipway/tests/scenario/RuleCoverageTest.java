package dev.slipway.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which rules the tables name, against the list of all rules. */
final class RuleCoverageTest {
  private static final List<String> TABLES =
      List.of("decisions.txt", "timelines.txt", "probes.txt", "probe-evaluations.txt");

  @Test
  void tablesNameOnlyRulesThatExist() {
    assertThat(named()).isSubsetOf(rules());
  }

  /**
   * Prints what is not named yet; that no rule may be missing comes with the rest of the tables.
   */
  @Test
  void everyCoveredRuleIsCounted() {
    Set<String> rules = rules();
    Set<String> missing = new TreeSet<>(rules);
    missing.removeAll(named());
    System.out.println(
        "rules named in the scenario tables: "
            + (rules.size() - missing.size())
            + " of "
            + rules.size()
            + "; not named: "
            + String.join(" ", missing));
    assertThat(missing.size()).isLessThan(rules.size());
  }

  @Test
  void idsOfRowsAreUnique() {
    List<String> ids = rows().map(ScenarioTable.Row::id).toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  private static Stream<ScenarioTable.Row> rows() {
    return TABLES.stream().flatMap(table -> ScenarioTable.read(table).stream());
  }

  private static Set<String> named() {
    return rows()
        .flatMap(row -> row.rules().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> rules() {
    return ScenarioTable.lines("/scenarios/rules.list").stream()
        .filter(line -> !line.startsWith("#"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
