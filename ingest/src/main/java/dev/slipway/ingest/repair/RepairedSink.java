package dev.slipway.ingest.repair;

import dev.slipway.engine.api.Pod;
import dev.slipway.ingest.format.Action;
import dev.slipway.ingest.format.ClusterObject;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.PodRef;
import org.jspecify.annotations.Nullable;

/**
 * Takes the repaired story. Times are the source's own where it has one, else the arrival's,
 * nanoseconds since the Unix epoch.
 */
public interface RepairedSink {
  /**
   * A version newer than all before.
   *
   * @param pod with its UID, if that is known from elsewhere
   * @param first nothing was known of it before
   */
  void pod(Pod pod, boolean first, long atNanos);

  /**
   * The pod is gone; nothing more comes of it.
   *
   * @param last the version that came with its end, null if none came or an older one
   */
  void gone(PodRef pod, @Nullable Pod last, Gone why, long atNanos);

  /** A pod known by its name, {@code namespace/name}, turned out to have a UID. */
  default void rekeyed(String name, String uid) {}

  /** A pod got its node; a version that shows it follows. */
  default void bound(PodRef pod, String nodeName, long atNanos) {}

  /** A version of another object newer than all before, or its deletion. */
  default void object(Action action, ClusterObject object, long atNanos) {}

  /** An Event about a pod, whose UID is filled in if it is known. */
  default void hint(FeedEvent.Hint hint) {}

  /** A report of a container runtime about a pod, whose UID is filled in if it is known. */
  default void runtime(FeedEvent.RuntimeSeen seen) {}
}
