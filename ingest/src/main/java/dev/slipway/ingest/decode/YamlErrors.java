package dev.slipway.ingest.decode;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.scanner.ScannerException;

/** The API server's words for what our YAML parser finds: both descend from the same one. */
final class YamlErrors {
  private static final Pattern UNDEFINED_ALIAS = Pattern.compile("found undefined alias (\\S+)");

  private YamlErrors() {}

  static String of(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    Matcher alias = UNDEFINED_ALIAS.matcher(problem);
    if (alias.find()) {
      return "yaml: unknown anchor '" + alias.group(1) + "' referenced";
    }
    return "yaml: " + where(e) + words(problem, String.valueOf(e.getContext()));
  }

  /** Lines count from 0 where the parser gives up and from 1 where the scanner does. */
  private static String where(MarkedYAMLException e) {
    int line = line(e.getProblemMark());
    if (line > 0 && e instanceof ScannerException) {
      line++;
    }
    if (line == 0) {
      line = line(e.getContextMark());
    }
    return line == 0 ? "" : "line " + line + ": ";
  }

  private static int line(@Nullable Mark mark) {
    return mark == null ? 0 : mark.getLine();
  }

  private static String words(String problem, String context) {
    if (problem.contains("cannot start any token")) {
      return "found character that cannot start any token";
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "mapping values are not allowed in this context";
    }
    if (problem.startsWith("found unknown escape character")) {
      return "found unknown escape character";
    }
    if (problem.contains("expected the node content")) {
      return "did not find expected node content";
    }
    if (problem.contains("<document start>")) {
      return "did not find expected <document start>";
    }
    if (problem.startsWith("expected")) {
      return expected(context);
    }
    return problem;
  }

  private static String expected(String context) {
    if (context.contains("block mapping")) {
      return "did not find expected key";
    }
    if (context.contains("block collection")) {
      return "did not find expected '-' indicator";
    }
    if (context.contains("flow sequence")) {
      return "did not find expected ',' or ']'";
    }
    if (context.contains("flow mapping")) {
      return "did not find expected ',' or '}'";
    }
    return "did not find expected node content";
  }
}
