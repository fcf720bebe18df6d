package dev.slipway.ingest.validation;

/** Texts as Go prints them. */
final class GoText {
  private GoText() {}

  /** The text in double quotes with escapes where it needs them. */
  static String quote(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> append(quoted, c));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int c) {
    switch (c) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      case '\b' -> quoted.append("\\b");
      case '\f' -> quoted.append("\\f");
      case 0x07 -> quoted.append("\\a");
      case 0x0b -> quoted.append("\\v");
      default -> {
        if (c < ' ' || c == 0x7f) {
          quoted.append(String.format("\\x%02x", c));
        } else if (isPrintable(c)) {
          quoted.appendCodePoint(c);
        } else {
          quoted.append(String.format(c <= 0xffff ? "\\u%04x" : "\\U%08x", c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return c == ' '
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
