package dev.slipway.ops.demo;

import dev.slipway.actors.EngineCommand;
import dev.slipway.actors.EngineSystem;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.state.PodShape;
import dev.slipway.ingest.feed.FeedPartition;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.feed.FeedSink;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes watch records to the shard of their partition. What a shard has taken is acknowledged: a
 * demo that dies is not continued.
 */
final class FeedToEngine implements FeedSink {
  /** Shapes kept: pods of one template and node share one. */
  private static final int SHAPES_MAX = 10_000;

  private final EngineSystem engine;
  private final Map<PodSpec, PodShape> shapes =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PodSpec, PodShape> eldest) {
          return size() > SHAPES_MAX;
        }
      };

  FeedToEngine(EngineSystem engine) {
    this.engine = engine;
  }

  @Override
  public boolean offer(FeedPartition partition, long offset, long atNanos, FeedRecord record) {
    if (!engine.submit(partition.number() % engine.shards(), command(record))) {
      return false;
    }
    partition.acknowledge(offset);
    return true;
  }

  private EngineCommand command(FeedRecord record) {
    Pod pod = record.pod();
    String uid = pod.metadata().uid();
    return switch (record) {
      case FeedRecord.Added _ -> EngineCommand.Create.of(pod, shape(pod.spec()));
      case FeedRecord.Deleted _ -> new EngineCommand.Remove(uid);
      case FeedRecord.Modified _ ->
          pod.metadata().deleting()
              ? new EngineCommand.Send(uid, new PodEvent.DeleteRequested(pod.metadata()))
              : new EngineCommand.Change(pod.metadata(), shape(pod.spec()));
    };
  }

  private PodShape shape(PodSpec spec) {
    return shapes.computeIfAbsent(spec, PodShape::of);
  }
}
