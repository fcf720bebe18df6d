package dev.slipway.ops.plan;

import dev.slipway.engine.runtime.BehaviorText;

/**
 * A change of a container's image in the pod object.
 *
 * @param at nanoseconds after the pod's start
 */
public record ImageChange(String container, String image, long at) {
  /** Reads {@code CONTAINER=IMAGE@TIME}. */
  public static ImageChange parse(String text) {
    int equals = text.indexOf('=');
    int at = text.lastIndexOf('@');
    if (equals <= 0 || at <= equals + 1) {
      throw new IllegalArgumentException("not CONTAINER=IMAGE@TIME: " + text);
    }
    return new ImageChange(
        text.substring(0, equals),
        text.substring(equals + 1, at),
        BehaviorText.duration(text.substring(at + 1)));
  }
}
