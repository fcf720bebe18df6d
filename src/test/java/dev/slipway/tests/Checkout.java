package dev.slipway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The source tree this test run was started from. */
public final class Checkout {
  /** The modules with main code, in build order. */
  static final List<String> MODULES = List.of("engine", "actors", "ingest", "ops", "bench");

  private static final Set<String> SKIPPED_FOLDERS = Set.of("target", ".git", "node_modules");

  private Checkout() {}

  /** Its root folder. */
  public static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path dir = start; dir != null; dir = dir.getParent()) {
      if (Files.isRegularFile(dir.resolve("slipway")) && Files.isDirectory(dir.resolve("engine"))) {
        return dir;
      }
    }
    throw new IllegalStateException("not inside a Slipway checkout: start=" + start);
  }

  /** The files under {@code dir} that {@code wanted} accepts, build output left out, sorted. */
  static List<Path> files(Path dir, Predicate<Path> wanted) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          dir,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return SKIPPED_FOLDERS.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (wanted.test(file)) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(null);
    return found;
  }

  /** All Java files of main code. */
  static List<Path> mainJavaFiles() {
    return MODULES.stream()
        .map(module -> root().resolve(module).resolve("src/main/java"))
        .flatMap(dir -> files(dir, file -> file.toString().endsWith(".java")).stream())
        .toList();
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's name as the house rules list it: from the root, with forward slashes. */
  static String name(Path file) {
    return root().relativize(file).toString().replace('\\', '/');
  }
}
