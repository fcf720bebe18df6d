package dev.slipway.ops.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * One file of recorded cases.
 *
 * @param name path below the vectors' folder without extension, "api/defaults"
 * @param compressed whether its bytes are gzip
 * @param source opens its bytes
 */
record VectorFile(String name, boolean compressed, Source source) {
  static final String PLAIN = ".jsonl";
  static final String GZIP = ".jsonl.gz";

  private static final int BUFFER_BYTES = 1 << 16;

  /** Opens the bytes of a file. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  /** The file of that relative path, whichever of the two extensions it has. */
  static VectorFile of(String relativePath, Source source) {
    boolean compressed = relativePath.endsWith(GZIP);
    int cut = relativePath.length() - (compressed ? GZIP : PLAIN).length();
    return new VectorFile(relativePath.substring(0, cut), compressed, source);
  }

  static boolean isVectorFile(String path) {
    return path.endsWith(PLAIN) || path.endsWith(GZIP);
  }

  /** A reader of its lines; the caller closes it. */
  BufferedReader lines() throws IOException {
    InputStream bytes = source.open();
    InputStream text = compressed ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes;
    return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), BUFFER_BYTES);
  }

  /** Whether the file has one row per theme: the recorded lives of whole pods do. */
  boolean hasThemes() {
    return name.startsWith("trace/");
  }

  /** The row a case of this file is counted in. */
  String row(String id) {
    return hasThemes() ? name + "#" + theme(id) : name;
  }

  /** The second to last part of an id such as {@code trace137-a-start-000008}. */
  static String theme(String id) {
    String[] parts = id.split("-", -1);
    return parts.length < 2 ? id : parts[parts.length - 2];
  }
}
