package dev.slipway.ops.plan;

import dev.slipway.engine.runtime.BehaviorText;

/** When a plan ends. */
public sealed interface Until {
  Until USUAL = new Usual();

  /**
   * A minute after the pod was Ready first, or after the last failure asked for; when it is gone if
   * it is deleted; when it has ended if it is a Job's.
   */
  record Usual() implements Until {}

  /** When the pod is Ready, or will not be any more. */
  record Ready() implements Until {}

  /** When the pod has ended, or is gone if it is deleted. */
  record Done() implements Until {}

  /** At that time. */
  record Time(long nanos) implements Until {}

  /** Reads {@code ready}, {@code done} or a duration. */
  static Until parse(String text) {
    return switch (text) {
      case "ready" -> new Ready();
      case "done" -> new Done();
      default -> {
        try {
          yield new Time(BehaviorText.duration(text));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "not ready, done or a duration such as 30s: " + text, e);
        }
      }
    };
  }
}
