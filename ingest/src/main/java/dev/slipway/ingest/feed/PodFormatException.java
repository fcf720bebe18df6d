package dev.slipway.ingest.feed;

/** An object that is not a readable pod; the message names the field and what is wrong with it. */
public final class PodFormatException extends Exception {
  public PodFormatException(String message) {
    super(message, null, false, false);
  }
}
