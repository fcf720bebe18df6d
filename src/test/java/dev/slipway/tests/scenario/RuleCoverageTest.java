package dev.slipway.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tests.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every rule of the specifications has a row in a table that names it. {@code rules.list} has all
 * rules, {@code pending-rules.list} those whose rows are on their way.
 */
final class RuleCoverageTest {
  @Test
  void everyRuleHasARow() throws IOException {
    Set<String> missing = new TreeSet<>(rules("rules.list"));
    missing.removeAll(named());
    missing.removeAll(rules("pending-rules.list"));
    assertThat(missing).as("rules without a row in src/test/resources/scenarios").isEmpty();
  }

  @Test
  void tablesNameOnlyRulesThatExist() throws IOException {
    assertThat(named()).isSubsetOf(rules("rules.list"));
  }

  /** A rule that has its row is pending no more. */
  @Test
  void pendingRulesExistAndHaveNoRow() throws IOException {
    assertThat(rules("pending-rules.list"))
        .isSubsetOf(rules("rules.list"))
        .doesNotContainAnyElementsOf(named());
  }

  @Test
  void idsOfRowsAreUnique() throws IOException {
    List<String> ids = rows().map(ScenarioTable.Row::id).toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void everyRowSaysWhatItExpects() throws IOException {
    assertThat(rows()).allMatch(row -> !row.expected().isBlank());
  }

  private static Stream<ScenarioTable.Row> rows() throws IOException {
    Path folder = Checkout.root().resolve("src/test/resources/scenarios");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".txt"))
          .sorted()
          .map(ScenarioTable::read)
          .toList()
          .stream()
          .flatMap(Collection::stream);
    }
  }

  private static Set<String> named() throws IOException {
    return rows()
        .flatMap(row -> row.rules().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> rules(String list) {
    return ScenarioTable.lines("/scenarios/" + list).stream()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> line.split(" ")[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
