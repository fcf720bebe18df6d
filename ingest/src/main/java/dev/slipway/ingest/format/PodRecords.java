package dev.slipway.ingest.format;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.ingest.feed.Decoded;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.feed.FeedRecords;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of every format as changes of pods, for whoever drives them: objects that came,
 * changed or went. What is no change of a pod (other kinds, hints, what runtimes did, the node of a
 * pod without the pod) says nothing here. One instance for one thread.
 */
public final class PodRecords {
  private final RecordDecoder decoder = RecordDecoder.create();
  private final List<FeedRecord> records = new ArrayList<>();

  /** Decodes a record without headers; null stands for one without a value. */
  public Decoded decode(byte @Nullable [] value) {
    return decode(value, RecordHeaders.NONE);
  }

  /** Decodes a record. */
  public Decoded decode(byte @Nullable [] value, RecordHeaders headers) {
    records.clear();
    return switch (decoder.decode(value, headers, this::take)) {
      case Format _ -> new FeedRecords(records);
      case Refused refused -> refused.why();
    };
  }

  private void take(FeedEvent event) {
    switch (event) {
      case FeedEvent.PodSeen seen -> records.add(record(seen.action(), seen.pod()));
      case FeedEvent.PodDeleted gone -> records.add(new FeedRecord.Deleted(named(gone)));
      case FeedEvent.PodBound _,
          FeedEvent.ListBegun _,
          FeedEvent.ListEnded _,
          FeedEvent.Bookmark _,
          FeedEvent.WatchFailed _,
          FeedEvent.ObjectSeen _,
          FeedEvent.Hint _,
          FeedEvent.RuntimeSeen _,
          FeedEvent.BaseMissing _,
          FeedEvent.Skipped _ -> {
        // nothing of a pod's object
      }
    }
  }

  private static FeedRecord record(Action action, Pod pod) {
    return switch (action) {
      case ADDED, LISTED -> new FeedRecord.Added(pod);
      case MODIFIED -> new FeedRecord.Modified(pod);
      case DELETED -> new FeedRecord.Deleted(pod);
    };
  }

  private static Pod named(FeedEvent.PodDeleted gone) {
    PodRef pod = gone.pod();
    return new Pod(
        ObjectMeta.of(pod.namespace(), pod.name(), pod.uid()), PodSpec.EMPTY, PodStatus.EMPTY);
  }
}
