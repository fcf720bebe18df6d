package dev.slipway.ops.cli;

import dev.slipway.ops.rules.Rule;
import dev.slipway.ops.rules.RuleCatalogue;
import dev.slipway.ops.rules.RuleText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway rules}: what the rules say that everything else names by id. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "Says in a sentence what a rule is, and where in Kubernetes it comes from.",
    footer = {
      "",
      "L- the lifecycle of pods, V- validation, P- probes, R- resources, K- scheduling.",
      "Exit code: 0 fine, 1 nothing fits --grep, 2 wrong usage or no such rule."
    })
final class RulesCommand implements Callable<Integer> {
  /** What is printed. */
  enum Format {
    TABLE,
    JSON
  }

  private static final int USUAL_WIDTH = 120;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "Rules such as L-113; none: all.")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = "--grep",
      paramLabel = "TEXT",
      description =
          "Only rules with TEXT in id, sentence, section or source; case does not matter.")
  private @Nullable String grep;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "Form of the output (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Override
  public Integer call() {
    List<Rule> rules = chosen(RuleCatalogue.read());
    PrintWriter out = spec.commandLine().getOut();
    int width = Terminal.columns(USUAL_WIDTH);
    switch (format) {
      case JSON -> out.println(RuleText.json(rules));
      case TABLE ->
          (ids.isEmpty() ? RuleText.list(rules, width) : RuleText.details(rules, width))
              .forEach(out::println);
    }
    out.flush();
    return rules.isEmpty() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }

  private List<Rule> chosen(RuleCatalogue catalogue) {
    Set<Rule> rules = new LinkedHashSet<>();
    for (String id : ids) {
      rules.add(
          catalogue
              .find(id)
              .orElseThrow(() ->
                  new ParameterException(
                      spec.commandLine(), "no such rule: " + id + "; slipway rules lists all")));
    }
    List<Rule> from = ids.isEmpty() ? catalogue.all() : List.copyOf(rules);
    String text = grep;
    return text == null ? from : from.stream().filter(rule -> fits(rule, text)).toList();
  }

  private static boolean fits(Rule rule, String text) {
    String all =
        String.join(" ", rule.id(), rule.section(), rule.sentence(), rule.file(), rule.version());
    return all.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }
}
