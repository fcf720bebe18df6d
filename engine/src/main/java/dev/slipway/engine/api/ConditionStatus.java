package dev.slipway.engine.api;

/** {@code status} of a pod condition. */
public enum ConditionStatus {
  TRUE("True"),
  FALSE("False"),
  UNKNOWN("Unknown");

  private final String text;

  ConditionStatus(String text) {
    this.text = text;
  }

  /** The API's spelling. */
  public String text() {
    return text;
  }

  /** Reads the API's spelling; anything but True and False is Unknown. */
  public static ConditionStatus of(String text) {
    return switch (text) {
      case "True" -> TRUE;
      case "False" -> FALSE;
      default -> UNKNOWN;
    };
  }
}
