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
   * @param previous the version handed over last, null for a pod not seen before
   */
  void pod(Pod pod, @Nullable Pod previous, long atNanos);

  /**
   * The pod is gone; nothing more comes of it.
   *
   * @param last the last version known, that of the deletion if it had one
   */
  void gone(Pod last, Gone why, long atNanos);

  /** A pod got its node; a version that shows it follows. */
  default void bound(PodRef pod, String nodeName, long atNanos) {}

  /** A version of another object newer than all before, or its deletion. */
  default void object(Action action, ClusterObject object, long atNanos) {}

  /** An Event about a pod, whose UID is filled in if it is known. */
  default void hint(FeedEvent.Hint hint) {}

  /** A report of a container runtime about a pod, whose UID is filled in if it is known. */
  default void runtime(FeedEvent.RuntimeSeen seen) {}
}
