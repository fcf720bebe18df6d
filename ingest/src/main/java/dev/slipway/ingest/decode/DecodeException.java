package dev.slipway.ingest.decode;

/** A tree that is not of the type it should be; the text is the API server's own. */
public final class DecodeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  DecodeException(String message) {
    this(message, "");
  }

  private DecodeException(String message, String field) {
    super(message);
    this.field = field;
  }

  /** The same error with the field it was found at. */
  DecodeException at(String place) {
    return new DecodeException(String.valueOf(getMessage()), place);
  }

  /** Path of the field with list indexes, empty for the object itself. */
  public String field() {
    return field;
  }
}
