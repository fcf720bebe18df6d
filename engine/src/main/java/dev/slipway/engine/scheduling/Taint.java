package dev.slipway.engine.scheduling;

/**
 * A taint of a node.
 *
 * @param value empty if absent
 */
public record Taint(String key, String value, Effect effect) {
  /** What a taint does to pods that do not tolerate it; {@link #OTHER} does nothing here. */
  public enum Effect {
    NO_SCHEDULE,
    PREFER_NO_SCHEDULE,
    NO_EXECUTE,
    OTHER;

    /** The effect of that text. */
    public static Effect of(String text) {
      return switch (text) {
        case "NoSchedule" -> NO_SCHEDULE;
        case "PreferNoSchedule" -> PREFER_NO_SCHEDULE;
        case "NoExecute" -> NO_EXECUTE;
        default -> OTHER;
      };
    }
  }

  /** Keeps pods that do not tolerate it off the node (K-023). */
  boolean filters() {
    return effect == Effect.NO_SCHEDULE || effect == Effect.NO_EXECUTE;
  }
}
