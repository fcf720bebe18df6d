package dev.slipway.engine.lifecycle;

import java.nio.charset.StandardCharsets;

/**
 * The number that tells whether a container's definition changed (rule L-017; pkg/kubelet/container
 * helpers.go HashContainer, 1.37.2): FNV-1a over the bytes of a small JSON object, printed the way
 * Go's spew prints a byte slice.
 */
public final class ContainerHash {
  private static final int OFFSET = 0x811c9dc5;
  private static final int PRIME = 0x01000193;

  private ContainerHash() {}

  /** The hash of a container of that name and image; nothing else takes part. */
  public static long of(String name, String image) {
    StringBuilder json = new StringBuilder("{\"image\":");
    quote(image, json);
    json.append(",\"name\":");
    quote(name, json);
    byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    StringBuilder printed = new StringBuilder("([]uint8)[");
    for (int i = 0; i < bytes.length; i++) {
      printed.append(i == 0 ? "" : " ").append(bytes[i] & 0xff);
    }
    return fnv1a(printed.append(']'));
  }

  private static long fnv1a(CharSequence ascii) {
    int hash = OFFSET;
    for (int i = 0; i < ascii.length(); i++) {
      hash = (hash ^ ascii.charAt(i)) * PRIME;
    }
    return Integer.toUnsignedLong(hash);
  }

  /** A JSON string as Go's encoder writes it. */
  private static void quote(String text, StringBuilder out) {
    out.append('"');
    text.codePoints().forEach(c -> append(c, out));
    out.append('"');
  }

  private static void append(int c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '<', '>', '&', 0x2028, 0x2029 -> out.append(String.format("\\u%04x", c));
      default -> {
        if (c < ' ') {
          out.append(String.format("\\u%04x", c));
        } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
          out.append("\\ufffd");
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }
}
