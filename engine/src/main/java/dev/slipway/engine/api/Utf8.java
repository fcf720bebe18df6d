package dev.slipway.engine.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts with a limit in bytes, as Kubernetes counts them. */
public final class Utf8 {
  /** A char takes at most so many bytes; a pair of surrogates takes four. */
  private static final int BYTES_PER_CHAR = 3;

  private Utf8() {}

  /** The text itself if it fits, else as much of it as fits into so many bytes. */
  public static String cut(String text, int limit) {
    if (text.length() <= limit / BYTES_PER_CHAR) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= limit
        ? text
        : new String(Arrays.copyOf(bytes, limit), StandardCharsets.UTF_8);
  }
}
