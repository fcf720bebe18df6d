package dev.slipway.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ops.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands of the documentation do what it shows. A block that begins with {@code $ ./slipway}
 * is run, in this process and from the project's root, and must print the lines that follow; a line
 * {@code ...} stands for any lines. Behind the command there may be {@code | grep -E}, {@code head}
 * and {@code tail}. With {@code -Dslipway.docs.write=true} blocks without {@code ...} are written
 * anew; the difference is read like code.
 */
final class DocsTest {
  private static final String PROMPT = "$ ./slipway ";
  private static final String FENCE = "```";
  private static final String ANY = "...";
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @ParameterizedTest
  @ValueSource(strings = {"docs/sidecars.md", "docs/plan.md", "docs/rules.md", "docs/observe.md"})
  void commandsPrintWhatThePageShows(String page) throws IOException {
    Path file = Checkout.root().resolve(page);
    List<String> lines = Checkout.lines(file);
    List<String> written = new ArrayList<>();
    int commands = 0;
    for (int i = 0; i < lines.size(); i++) {
      written.add(lines.get(i));
      if (!lines.get(i).startsWith(PROMPT) || !lines.get(i - 1).equals(FENCE)) {
        continue;
      }
      commands++;
      int end = i + 1;
      while (!lines.get(end).equals(FENCE)) {
        end++;
      }
      List<String> shown = lines.subList(i + 1, end);
      List<String> printed = run(lines.get(i).substring(PROMPT.length()));
      boolean anew = Boolean.getBoolean("slipway.docs.write") && !shown.contains(ANY);
      if (!anew) {
        assertThat(fits(shown, printed))
            .as("%s:%d: %s prints%n%s", page, i + 1, lines.get(i), String.join("\n", printed))
            .isTrue();
      }
      written.addAll(anew ? printed : shown);
      i = end - 1;
    }
    assertThat(commands).as("commands on the page").isPositive();
    if (!written.equals(lines)) {
      Files.write(file, written);
    }
  }

  /** The lines that a command line prints. */
  private static List<String> run(String commandLine) {
    List<String> stages = List.of(commandLine.split(" \\| (?=grep|head|tail)"));
    List<String> arguments = new ArrayList<>();
    for (String word : words(stages.getFirst())) {
      Path path = Checkout.root().resolve(word);
      boolean ours = word.startsWith("docs/") || word.startsWith("src/");
      arguments.add(ours ? path.toString() : word);
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String encoding = System.getProperty("stdout.encoding");
    System.setProperty("stdout.encoding", "UTF-8");
    try {
      Main.commandLine()
          .setOut(new PrintWriter(out))
          .setErr(new PrintWriter(err))
          .execute(arguments.toArray(String[]::new));
    } finally {
      System.setProperty("stdout.encoding", encoding == null ? "UTF-8" : encoding);
    }
    String text = (out.toString() + err).replace(Checkout.root() + "/", "");
    List<String> lines = text.stripTrailing().lines().map(String::stripTrailing).toList();
    for (String stage : stages.subList(1, stages.size())) {
      lines = filter(words(stage), lines);
    }
    return lines;
  }

  private static List<String> words(String text) {
    return WORD.matcher(text)
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .toList();
  }

  private static List<String> filter(List<String> command, List<String> lines) {
    int count = command.size() == 2 ? Math.abs(Integer.parseInt(command.get(1))) : 0;
    return switch (command.getFirst()) {
      case "head" -> lines.subList(0, Math.min(count, lines.size()));
      case "tail" -> lines.subList(Math.max(0, lines.size() - count), lines.size());
      case "grep" -> grep(command, lines);
      default -> throw new IllegalArgumentException("not known here: " + command);
    };
  }

  /** {@code grep -E PATTERN}, or {@code grep -E -A N PATTERN}, as grep prints it. */
  private static List<String> grep(List<String> command, List<String> lines) {
    assertThat(command.get(1)).isEqualTo("-E");
    boolean context = command.get(2).equals("-A");
    int after = context ? Integer.parseInt(command.get(3)) : 0;
    Pattern pattern = Pattern.compile(command.getLast());
    List<String> found = new ArrayList<>();
    int left = 0;
    boolean gap = false;
    for (String line : lines) {
      if (pattern.matcher(line).find()) {
        if (gap && context && !found.isEmpty()) {
          found.add("--");
        }
        found.add(line);
        left = after;
        gap = false;
      } else if (left > 0) {
        found.add(line);
        left--;
      } else {
        gap = true;
      }
    }
    return found;
  }

  /** The lines shown are the lines printed, {@code ...} standing for any. */
  private static boolean fits(List<String> shown, List<String> printed) {
    int any = shown.indexOf(ANY);
    if (any < 0) {
      return shown.equals(printed);
    }
    if (printed.size() < any || !shown.subList(0, any).equals(printed.subList(0, any))) {
      return false;
    }
    List<String> rest = shown.subList(any + 1, shown.size());
    for (int from = any; from <= printed.size(); from++) {
      if (fits(rest, printed.subList(from, printed.size()))) {
        return true;
      }
    }
    return false;
  }
}
