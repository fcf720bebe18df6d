package dev.slipway.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The house rules that can be read off the files. An exception is listed here by name. */
final class TidyTest {
  /** A file past this holds more than one idea. */
  private static final int MAIN_FILE_LINES_MAX = 800;

  /** Main files allowed to be longer, each with its reason beside it. */
  private static final Set<String> LONG_MAIN_FILES = Set.of();

  private static final Pattern OPEN_TASK = Pattern.compile("\\b(?:TO[D]O|FIX[M]E)\\b");
  private static final Pattern ISSUE = Pattern.compile("#\\d+");

  @Test
  void everyMainPackageIsNullMarked() {
    Set<String> missing = new TreeSet<>();
    for (Path file : Checkout.mainJavaFiles()) {
      Path info = file.resolveSibling("package-info.java");
      if (!Files.exists(info) || !Checkout.lines(info).contains("@NullMarked")) {
        missing.add(Checkout.name(info));
      }
    }
    assertThat(missing).as("package-info.java with a line @NullMarked is missing").isEmpty();
  }

  @Test
  void everyOpenTaskNamesItsIssue() {
    List<String> nameless = new ArrayList<>();
    for (Path file : Checkout.files(Checkout.root(), TidyTest::isOurText)) {
      List<String> lines = Checkout.lines(file);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (OPEN_TASK.matcher(line).find() && !ISSUE.matcher(line).find()) {
          nameless.add(Checkout.name(file) + ":" + (i + 1) + ": " + line.strip());
        }
      }
    }
    assertThat(nameless).as("an open task without an issue number such as #12").isEmpty();
  }

  @Test
  void onlyListedMainFilesAreLong() {
    Set<String> tooLong = new TreeSet<>();
    for (Path file : Checkout.mainJavaFiles()) {
      if (Checkout.lines(file).size() > MAIN_FILE_LINES_MAX) {
        tooLong.add(Checkout.name(file));
      }
    }
    assertThat(tooLong)
        .as("main files over %s lines, against those listed in this test", MAIN_FILE_LINES_MAX)
        .containsExactlyInAnyOrderElementsOf(LONG_MAIN_FILES);
  }

  /** Recorded manifests and scenarios keep the words of their authors; these files are ours. */
  private static boolean isOurText(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".java")
        || name.endsWith(".md")
        || name.equals("pom.xml")
        || name.equals("slipway")
        || Checkout.name(file).startsWith(".ci/");
  }
}
