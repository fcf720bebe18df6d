package dev.slipway.engine.resources;

import org.jspecify.annotations.Nullable;

/** Quality of service of a pod (section 4 of the rules), best first. */
public enum QosClass {
  GUARANTEED("Guaranteed"),
  BURSTABLE("Burstable"),
  BEST_EFFORT("BestEffort");

  private final String text;

  QosClass(String text) {
    this.text = text;
  }

  /** As the API spells it. */
  public String text() {
    return text;
  }

  /** The class of that spelling, null for any other text. */
  public static @Nullable QosClass parse(String text) {
    return switch (text) {
      case "Guaranteed" -> GUARANTEED;
      case "Burstable" -> BURSTABLE;
      case "BestEffort" -> BEST_EFFORT;
      default -> null;
    };
  }
}
