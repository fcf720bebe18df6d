package dev.slipway.ops.conformance;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where files of recorded cases come from: a folder, or the small sample shipped with the build.
 */
final class VectorFiles {
  private static final String SHIPPED = "/conformance/";

  /** Lists the shipped files, one relative path a line. */
  static final String INDEX = "INDEX";

  private VectorFiles() {}

  /** All files below the folder, in name order. */
  static List<VectorFile> below(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString().replace('\\', '/'))
          .filter(VectorFile::isVectorFile)
          .sorted()
          .map(name -> VectorFile.of(name, () -> Files.newInputStream(folder.resolve(name))))
          .toList();
    }
  }

  /** The files shipped inside the build. */
  static List<VectorFile> shipped() throws IOException {
    try (InputStream index = resource(INDEX)) {
      return new String(index.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .map(name -> VectorFile.of(name, () -> resource(name)))
          .toList();
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream bytes = VectorFiles.class.getResourceAsStream(SHIPPED + name);
    if (bytes == null) {
      throw new FileNotFoundException("not part of this build: " + SHIPPED + name);
    }
    return bytes;
  }
}
