package dev.slipway.engine.observe;

/** Bytes that are no snapshot of a pod, or one of another version; the message says why. */
public final class SnapshotException extends RuntimeException {
  public SnapshotException(String message) {
    super(message);
  }
}
