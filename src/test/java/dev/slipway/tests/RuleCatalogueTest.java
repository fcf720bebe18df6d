package dev.slipway.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.why.Cause;
import dev.slipway.ops.rules.Rule;
import dev.slipway.ops.rules.RuleCatalogue;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue of rules against the list the scenarios know and the rules code names. */
final class RuleCatalogueTest {
  private static final Pattern PART = Pattern.compile("[a-z]$");
  private static final Pattern ID = Pattern.compile("\\b[LVPRK]-\\d{2,3}[a-z]?\\b");
  private static final RuleCatalogue CATALOGUE = RuleCatalogue.read();

  @Test
  void rulesAreThoseOfTheList() {
    Set<String> ids = new TreeSet<>();
    CATALOGUE.all().stream().map(rule -> PART.matcher(rule.id()).replaceAll("")).forEach(ids::add);
    assertThat(ids).isEqualTo(listed());
  }

  @Test
  void everyCauseNamesARule() {
    assertThat(missing(Arrays.stream(Cause.values()).map(Cause::rule))).isEmpty();
  }

  @Test
  void everyRuleMainCodeNamesExists() {
    Stream<String> named =
        Checkout.mainJavaFiles().stream()
            .flatMap(file -> Checkout.lines(file).stream())
            .flatMap(line -> ID.matcher(line).results().map(id -> id.group()));
    assertThat(missing(named)).isEmpty();
  }

  @Test
  void sentencesAreShortAndEnd() {
    assertThat(CATALOGUE.all())
        .allSatisfy(rule ->
            assertThat(rule.sentence()).as(rule.id()).endsWith(".").hasSizeBetween(10, 150));
  }

  /** A cause no code gives would be a promise nobody keeps. */
  @Test
  void everyCauseIsGivenByCode() {
    Predicate<Path> others = file -> !file.endsWith("Cause.java");
    String code =
        Checkout.mainJavaFiles().stream()
            .filter(others)
            .flatMap(file -> Checkout.lines(file).stream())
            .collect(Collectors.joining("\n"));
    Set<String> unused =
        Arrays.stream(Cause.values())
            .map(Cause::name)
            .filter(name -> !Pattern.compile("\\b" + name + "\\b").matcher(code).find())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unused).isEmpty();
  }

  private static Set<String> missing(Stream<String> ids) {
    return ids.filter(id -> CATALOGUE.find(id).isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> listed() {
    return Checkout.lines(Checkout.root().resolve("src/test/resources/scenarios/rules.list"))
        .stream()
        .filter(line -> !line.startsWith("#"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void rulesAreFoundInAnyCaseAndByTheirParts() {
    assertThat(CATALOGUE.find("l-113").map(Rule::id)).contains("L-113");
    assertThat(CATALOGUE.find("P-075b").map(Rule::id)).contains("P-075");
    assertThat(CATALOGUE.find("P-079B").map(Rule::id)).contains("P-079b");
    assertThat(CATALOGUE.find("L-999")).isEmpty();
  }
}
