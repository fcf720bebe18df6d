package dev.slipway.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tests.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The diagrams of docs/engine.md are those of the tables. {@code -Ddocs=write} draws them anew:
 * {@code mvn -pl src/test -am verify -Dtest=DocsTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Ddocs=write}.
 */
final class DocsTest {
  private static final String BEGIN = "<!-- transitions: generated, see DocsTest -->";
  private static final String END = "<!-- transitions: end -->";

  @Test
  void diagramsAreThoseOfTheTables() throws IOException {
    Path file = Checkout.root().resolve("docs/engine.md");
    List<String> lines = Files.readAllLines(file);
    int begin = lines.indexOf(BEGIN);
    int end = lines.indexOf(END);
    assertThat(begin).as("marks in %s", file).isNotNegative();
    assertThat(end).as("marks in %s", file).isGreaterThan(begin);
    List<String> expected = new ArrayList<>(lines.subList(0, begin + 1));
    expected.add("");
    expected.addAll(Machines.markdown());
    expected.addAll(lines.subList(end, lines.size()));
    if ("write".equals(System.getProperty("docs"))) {
      Files.write(file, expected);
    }
    assertThat(Files.readAllLines(file))
        .as("docs/engine.md; -Ddocs=write draws the diagrams anew")
        .isEqualTo(expected);
  }
}
