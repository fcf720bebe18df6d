package dev.slipway.ingest.decode;

/** A tree that is not of the type it should be; the text is the API server's own. */
public final class DecodeException extends Exception {
  private static final long serialVersionUID = 1L;

  DecodeException(String message) {
    super(message);
  }
}
