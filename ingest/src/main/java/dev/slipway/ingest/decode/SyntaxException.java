package dev.slipway.ingest.decode;

/** A text that is neither YAML nor JSON. */
public final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  SyntaxException(String message, int line, int column) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /** The line it was found in, from 1; 0 if unknown. */
  public int line() {
    return line;
  }

  /** The column, from 1; 0 if unknown. */
  public int column() {
    return column;
  }
}
