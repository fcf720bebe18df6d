package dev.slipway.engine.resources;

import org.jspecify.annotations.Nullable;

/**
 * What makes the kubelet treat a pod as critical.
 *
 * @param fromNode a static pod, or the mirror of one
 * @param priority null where the API server has set none
 */
public record PodImportance(
    boolean fromNode, @Nullable Integer priority, String priorityClassName) {
  private static final int SYSTEM_CRITICAL = 2_000_000_000;

  /** An ordinary pod. */
  public static final PodImportance NONE = new PodImportance(false, null, "");

  public boolean isCritical() {
    return fromNode || (priority != null && priority >= SYSTEM_CRITICAL);
  }

  public boolean isNodeCritical() {
    return isCritical() && priorityClassName.equals("system-node-critical");
  }

  /** The priority, 0 where none is set. */
  public int priorityOrZero() {
    return priority == null ? 0 : priority;
  }
}
