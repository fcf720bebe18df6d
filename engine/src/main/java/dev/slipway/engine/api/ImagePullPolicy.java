package dev.slipway.engine.api;

/** {@code imagePullPolicy} of a container (rule L-330). */
public enum ImagePullPolicy {
  ALWAYS("Always"),
  IF_NOT_PRESENT("IfNotPresent"),
  NEVER("Never");

  private final String text;

  ImagePullPolicy(String text) {
    this.text = text;
  }

  /** The API's spelling. */
  public String text() {
    return text;
  }

  /** Reads the API's spelling; an unknown one is an {@link IllegalArgumentException}. */
  public static ImagePullPolicy of(String text) {
    for (ImagePullPolicy policy : values()) {
      if (policy.text.equals(text)) {
        return policy;
      }
    }
    throw new IllegalArgumentException("unknown imagePullPolicy: " + text);
  }
}
