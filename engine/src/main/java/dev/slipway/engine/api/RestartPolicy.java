package dev.slipway.engine.api;

/** {@code restartPolicy} of a pod or of one container (rules L-300, V-20, V-22, V-23). */
public enum RestartPolicy {
  ALWAYS("Always"),
  ON_FAILURE("OnFailure"),
  NEVER("Never");

  private final String text;

  RestartPolicy(String text) {
    this.text = text;
  }

  /** The API's spelling. */
  public String text() {
    return text;
  }

  /** Reads the API's spelling; an unknown one is an {@link IllegalArgumentException}. */
  public static RestartPolicy of(String text) {
    for (RestartPolicy policy : values()) {
      if (policy.text.equals(text)) {
        return policy;
      }
    }
    throw new IllegalArgumentException("unknown restartPolicy: " + text);
  }
}
