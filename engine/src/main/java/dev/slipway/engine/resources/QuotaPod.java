package dev.slipway.engine.resources;

import dev.slipway.engine.api.Times;
import org.jspecify.annotations.Nullable;

/**
 * A pod as quota sees it.
 *
 * @param ended phase Succeeded or Failed
 * @param deletionTimestamp epoch nanoseconds or {@link Times#NONE}; contains the grace period once
 *     already
 * @param priorityClassName empty where none is set
 * @param crossNamespaceAffinity an (anti)affinity term names namespaces or selects them
 */
public record QuotaPod(
    PodResources resources,
    boolean ended,
    long deletionTimestamp,
    @Nullable Long deletionGracePeriodSeconds,
    @Nullable Long activeDeadlineSeconds,
    String priorityClassName,
    boolean crossNamespaceAffinity) {
  /** A live pod without anything scopes ask for. */
  public static QuotaPod of(PodResources resources) {
    return new QuotaPod(resources, false, Times.NONE, null, null, "", false);
  }

  /**
   * True while the pod's resources count: it has not ended, and its grace period, counted from the
   * deletion timestamp, has not run out.
   */
  public boolean countedAt(long now) {
    if (ended) {
      return false;
    }
    if (deletionTimestamp == Times.NONE || deletionGracePeriodSeconds == null) {
      return true;
    }
    return now <= deletionTimestamp + deletionGracePeriodSeconds * Times.SECOND;
  }
}
