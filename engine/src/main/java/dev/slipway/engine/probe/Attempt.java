package dev.slipway.engine.probe;

import dev.slipway.engine.event.ContainerEvent.Outcome;

/**
 * What came of one attempt of a probe (rules P-070, P-074 to P-078).
 *
 * @param output what the handler says, for events
 * @param error empty if there was none; an error makes the attempt count for nothing
 * @param took nanoseconds
 */
public record Attempt(Raw raw, String output, String error, long took) {
  /** The four results a handler can have. */
  public enum Raw {
    SUCCESS("success"),
    WARNING("warning"),
    FAILURE("failure"),
    UNKNOWN("unknown");

    private final String text;

    Raw(String text) {
      this.text = text;
    }

    /** The kubelet's spelling. */
    public String text() {
      return text;
    }
  }

  static Attempt of(Raw raw, String output, long took) {
    return new Attempt(raw, output, "", took);
  }

  static Attempt error(Raw raw, String error, long took) {
    return new Attempt(raw, "", error, took);
  }

  /** The same for a probe worker. */
  public Outcome outcome() {
    if (!error.isEmpty()) {
      return raw == Raw.FAILURE ? Outcome.BROKEN : Outcome.ERROR;
    }
    return switch (raw) {
      case SUCCESS -> Outcome.SUCCESS;
      case WARNING -> Outcome.WARNING;
      case FAILURE -> Outcome.FAILURE;
      case UNKNOWN -> Outcome.UNKNOWN;
    };
  }

  /** What a worker's event says of it. */
  public String message() {
    return error.isEmpty() ? output : error;
  }
}
