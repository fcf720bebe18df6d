package dev.slipway.ingest.feed;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;

/** One thing a feed says: a version of a pod object and what happened to it. */
public sealed interface FeedRecord {
  /** The object; of a deleted one its last version, or no more than its name. */
  Pod pod();

  /** The watch's own word for it, {@code ADDED}, {@code MODIFIED} or {@code DELETED}. */
  String type();

  /** What the feed is keyed by, see {@link #identityOf}. */
  default String identity() {
    return identityOf(pod());
  }

  /** The pod's UID, {@code namespace/name} until it has one. */
  static String identityOf(Pod pod) {
    ObjectMeta metadata = pod.metadata();
    return metadata.uid().isEmpty() ? metadata.key() : metadata.uid();
  }

  /** The object is new, or new to this watch. */
  record Added(Pod pod) implements FeedRecord {
    @Override
    public String type() {
      return "ADDED";
    }
  }

  /** The object changed. */
  record Modified(Pod pod) implements FeedRecord {
    @Override
    public String type() {
      return "MODIFIED";
    }
  }

  /** The object is gone from the API. */
  record Deleted(Pod pod) implements FeedRecord {
    @Override
    public String type() {
      return "DELETED";
    }
  }
}
