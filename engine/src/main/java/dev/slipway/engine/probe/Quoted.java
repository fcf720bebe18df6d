package dev.slipway.engine.probe;

/** Texts in quotes as Go's {@code %q} writes them. */
final class Quoted {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int DELETE = 0x7f;

  private Quoted() {}

  static String of(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(ch -> append(ch, quoted));
    return quoted.append('"').toString();
  }

  private static void append(int ch, StringBuilder quoted) {
    switch (ch) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      case 0x07 -> quoted.append("\\a");
      case '\b' -> quoted.append("\\b");
      case '\f' -> quoted.append("\\f");
      case 0x0b -> quoted.append("\\v");
      default -> {
        if (ch < FIRST_PRINTABLE || ch == DELETE) {
          quoted.append(String.format("\\x%02x", ch));
        } else {
          quoted.appendCodePoint(ch);
        }
      }
    }
  }
}
