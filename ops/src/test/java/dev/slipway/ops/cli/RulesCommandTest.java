package dev.slipway.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Flags and exit codes of {@code slipway rules}. */
class RulesCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return new CommandLine(new RulesCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  @Test
  void rulesAreSaidWithTheirSource() {
    assertThat(run("l-433", "P-075b")).isZero();
    assertThat(out.toString())
        .contains("L-433  A sidecar is signalled after")
        .contains("kuberuntime_termination_order.go, 1.37.2")
        .contains("P-075  http");
  }

  @Test
  void allAreListedBySection() {
    assertThat(run()).isZero();
    assertThat(out.toString()).contains("Lifecycle: phase\n  L-500  ").contains("  K-129  ");
  }

  @Test
  void grepLooksAtSourcesToo() {
    assertThat(run("--grep", "TERMINATION_ORDER.go")).isZero();
    assertThat(out.toString()).contains("L-437").doesNotContain("L-101");
    assertThat(run("--grep", "nothing says this")).isEqualTo(1);
  }

  @Test
  void jsonHasFields() throws Exception {
    assertThat(run("-o", "json", "R-022")).isZero();
    JsonNode rule = new ObjectMapper().readTree(out.toString()).get(0);
    assertThat(rule.path("id").asText()).isEqualTo("R-022");
    assertThat(rule.path("version").asText()).isEqualTo("0.37.2");
  }

  @Test
  void unknownRuleIsWrongUsage() {
    assertThat(run("L-998")).isEqualTo(2);
    assertThat(err.toString()).startsWith("no such rule: L-998; slipway rules lists all");
  }
}
