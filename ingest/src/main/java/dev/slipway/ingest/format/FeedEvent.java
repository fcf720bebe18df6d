package dev.slipway.ingest.format;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;

/** One thing a record says happened, as it says it. */
public sealed interface FeedEvent {
  /** The source's own time of it, nanoseconds since the Unix epoch, or {@link Times#NONE}. */
  default long atNanos() {
    return Times.NONE;
  }

  /** A version of a pod. Its spec is shared with every pod whose spec has the same bytes. */
  record PodSeen(Action action, Pod pod, long atNanos) implements FeedEvent {}

  /** A pod got its node; says nothing else of it. */
  record PodBound(PodRef pod, String nodeName, long atNanos) implements FeedEvent {}

  /** A pod is gone from the API, and the source has no object to show. */
  record PodDeleted(PodRef pod, String resourceVersion, long atNanos) implements FeedEvent {}

  /**
   * A list begins, as of that version if it says one; its objects follow as {@link Action#LISTED}.
   */
  record ListBegun(ObjectKind kind, String resourceVersion) implements FeedEvent {}

  /**
   * A list ends.
   *
   * @param more another part of it follows in another record
   */
  record ListEnded(ObjectKind kind, String resourceVersion, boolean more) implements FeedEvent {}

  /**
   * The watch has come as far as that version and nothing changed on the way.
   *
   * @param ends everything that is there was added before it: the end of a list in the form of a
   *     watch ({@code sendInitialEvents}, annotation {@code k8s.io/initial-events-end})
   */
  record Bookmark(ObjectKind kind, String resourceVersion, boolean ends) implements FeedEvent {}

  /** The watch broke; 410 means that changes are missing until a list follows. */
  record WatchFailed(int code, String reason, String message) implements FeedEvent {
    /** HTTP 410: the version the watch wanted to go on from is no longer kept. */
    public static final int GONE = 410;

    public boolean expired() {
      return code == GONE;
    }
  }

  /** A version of another object the sums and rules need. */
  record ObjectSeen(Action action, ClusterObject object, long atNanos) implements FeedEvent {
    public ObjectMeta metadata() {
      return object.metadata();
    }
  }

  /**
   * An Event object about a pod: somebody says so, no field has changed.
   *
   * @param container name of the container it is about, empty for the pod
   * @param type Normal or Warning
   * @param eventUid the Event's own UID, with the count what duplicates are told by
   */
  record Hint(
      PodRef pod,
      String container,
      String type,
      String reason,
      String message,
      long count,
      String component,
      String node,
      String eventUid,
      long atNanos)
      implements FeedEvent {}

  /**
   * A container runtime did something.
   *
   * @param container the container's name, empty for the sandbox and where the source does not say
   * @param containerId the runtime's name of it, without the runtime's own name before it
   * @param exitCode of a stopped container, {@link #NO_EXIT_CODE} where the source does not say
   */
  record RuntimeSeen(
      PodRef pod,
      String node,
      String container,
      String containerId,
      RuntimeStep step,
      int exitCode,
      long atNanos)
      implements FeedEvent {
    public static final int NO_EXIT_CODE = Integer.MIN_VALUE;
  }

  /** A change of a pod told as what differs from an object that was not seen. */
  record BaseMissing(PodRef pod) implements FeedEvent {}

  /** The record is good and says nothing to us. */
  record Skipped(Skip why) implements FeedEvent {}
}
