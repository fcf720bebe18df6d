import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Runs google-java-format over every Java folder of the project, or over the files whose path
 * begins with the second argument: {@code check} lists badly formatted files and fails, {@code
 * apply} rewrites them.
 *
 * <p>A program of its own because google-java-format parses with the javac it runs on: inside Maven
 * on Java 17 it could not read Java 25.
 */
final class Format {
  private static final List<String> ROOTS =
      List.of(
          "engine/src", "actors/src", "ingest/src", "ops/src", "bench/src", "src/test/java", ".ci");
  private static final String REWRITTEN = "formatted";

  private Format() {}

  public static void main(String[] args) throws IOException {
    String mode = args[0];
    String in = args.length > 1 ? args[1] : "";
    switch (mode) {
      case "skip" -> {}
      case "check", "apply" -> run(mode.equals("apply"), in);
      default -> fail("-Dformat=" + mode + ": want check, apply or skip");
    }
  }

  private static void run(boolean apply, String in) throws IOException {
    var findings = new ConcurrentSkipListMap<Path, String>();
    javaFiles(in).parallelStream().forEach(file -> visit(file, apply, findings));
    if (findings.isEmpty()) {
      return;
    }
    findings.forEach((file, what) -> System.err.println(file + ": " + what));
    if (!apply || findings.values().stream().anyMatch(what -> !what.equals(REWRITTEN))) {
      fail("run: mvn -q -N verify -Dformat=apply");
    }
  }

  private static void visit(
      Path file, boolean apply, ConcurrentSkipListMap<Path, String> findings) {
    try {
      String before = Files.readString(file);
      String after = format(before);
      if (before.equals(after)) {
        return;
      }
      if (apply) {
        Files.writeString(file, after);
      }
      findings.put(file, apply ? REWRITTEN : "not formatted");
    } catch (FormatterException | IOException e) {
      findings.put(file, String.valueOf(e.getMessage()));
    }
  }

  private static String format(String source) throws FormatterException {
    String imports =
        ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE);
    return new Formatter().formatSource(imports);
  }

  private static List<Path> javaFiles(String in) throws IOException {
    var files = new ArrayList<Path>();
    for (String root : ROOTS) {
      Path dir = Path.of(root);
      if (!Files.isDirectory(dir)) {
        continue;
      }
      try (var paths = Files.walk(dir)) {
        paths
            .filter(path -> path.toString().endsWith(".java"))
            .filter(path -> path.toString().startsWith(in))
            .forEach(files::add);
      }
    }
    return files;
  }

  private static void fail(String why) {
    System.err.println(why);
    System.exit(1);
  }
}
