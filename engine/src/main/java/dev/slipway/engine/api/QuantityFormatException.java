package dev.slipway.engine.api;

/** A text that is no quantity. */
public final class QuantityFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_SHOWN = 64;

  private final String text;

  QuantityFormatException(String rule, String text) {
    super(rule + ": " + shown(text));
    this.text = text;
  }

  /** The offending text, whole. */
  public String text() {
    return text;
  }

  private static String shown(String text) {
    return "'" + (text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...") + "'";
  }
}
