package dev.slipway.engine.api;

/** {@code status.phase} of a pod (rules L-500 to L-507). */
public enum PodPhase {
  PENDING("Pending"),
  RUNNING("Running"),
  SUCCEEDED("Succeeded"),
  FAILED("Failed"),
  UNKNOWN("Unknown");

  private final String text;

  PodPhase(String text) {
    this.text = text;
  }

  /** The API's spelling. */
  public String text() {
    return text;
  }

  /** True for Succeeded and Failed, the phases no pod leaves. */
  public boolean terminal() {
    return this == SUCCEEDED || this == FAILED;
  }

  /** Reads the API's spelling; an unknown one is an {@link IllegalArgumentException}. */
  public static PodPhase of(String text) {
    for (PodPhase phase : values()) {
      if (phase.text.equals(text)) {
        return phase;
      }
    }
    throw new IllegalArgumentException("unknown phase: " + text);
  }
}
