package dev.slipway.ingest.decode;

import org.jspecify.annotations.Nullable;

/** Finds the first syntax error of a JSON text and words it as the API server does. */
final class GoJson {
  private static final String BEGIN_VALUE = "looking for beginning of value";

  private final String text;
  private int at;

  private GoJson(String text) {
    this.text = text;
  }

  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message, null, false, false);
    }
  }

  /** The server's message, null if the text is one JSON value. */
  static @Nullable String error(String text) {
    var scan = new GoJson(text);
    try {
      scan.value();
      scan.blanks();
      if (scan.at < text.length()) {
        throw scan.invalid("after top-level value");
      }
      return null;
    } catch (Broken e) {
      return e.getMessage();
    }
  }

  private void value() throws Broken {
    blanks();
    switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw invalid(BEGIN_VALUE);
    }
  }

  private void object() throws Broken {
    at++;
    blanks();
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      blanks();
      if (peek() != '"') {
        throw invalid("looking for beginning of object key string");
      }
      string();
      blanks();
      expect(':', "after object key");
      value();
      blanks();
      if (peek() == '}') {
        at++;
        return;
      }
      expect(',', "after object key:value pair");
    }
  }

  private void array() throws Broken {
    at++;
    blanks();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      value();
      blanks();
      if (peek() == ']') {
        at++;
        return;
      }
      expect(',', "after array element");
    }
  }

  private void string() throws Broken {
    at++;
    while (peek() != '"') {
      char c = peek();
      if (c == '\\') {
        escape();
      } else if (c < ' ') {
        throw invalid("in string literal");
      } else {
        at++;
      }
    }
    at++;
  }

  private void escape() throws Broken {
    at++;
    char c = peek();
    if (c == 'u') {
      at++;
      for (int i = 0; i < 4; i++) {
        if (Character.digit(peek(), 16) < 0 || peek() > 'f') {
          throw invalid("in \\u hexadecimal character escape");
        }
        at++;
      }
    } else if ("bfnrt\\/\"".indexOf(c) >= 0) {
      at++;
    } else {
      throw invalid("in string escape code");
    }
  }

  private void literal(String word) throws Broken {
    for (int i = 0; i < word.length(); i++) {
      if (peek() != word.charAt(i)) {
        throw invalid("in literal " + word + " (expecting " + quoted(word.charAt(i)) + ")");
      }
      at++;
    }
  }

  private void number() throws Broken {
    if (peek() == '-') {
      at++;
      if (!isDigit(peek())) {
        throw invalid("in numeric literal");
      }
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (more() == '.') {
      at++;
      if (!isDigit(peek())) {
        throw invalid("after decimal point in numeric literal");
      }
      digits();
    }
    if (more() == 'e' || more() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      if (!isDigit(peek())) {
        throw invalid("in exponent of numeric literal");
      }
      digits();
    }
  }

  private void digits() {
    while (isDigit(more())) {
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char wanted, String context) throws Broken {
    if (peek() != wanted) {
      throw invalid(context);
    }
    at++;
  }

  /** The next character, 0 at the end. */
  private char more() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private char peek() throws Broken {
    if (at >= text.length()) {
      throw new Broken("unexpected end of JSON input");
    }
    return text.charAt(at);
  }

  private Broken invalid(String context) throws Broken {
    return new Broken("invalid character " + quoted(peek()) + " " + context);
  }

  private static String quoted(char c) {
    return switch (c) {
      case '\'' -> "'\\''";
      case '"' -> "'\"'";
      case '\n' -> "'\\n'";
      case '\r' -> "'\\r'";
      case '\t' -> "'\\t'";
      case '\\' -> "'\\\\'";
      default -> c < ' ' ? String.format("'\\x%02x'", (int) c) : "'" + c + "'";
    };
  }
}
