package dev.slipway.ingest.service;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Takes what a shard writes; all of it becomes visible with the offsets it follows from. */
public interface Outbox {
  /** Writes to the partition of the shard; a null value is a tombstone. */
  void write(Output output, byte[] key, byte @Nullable [] value);

  /** Writes with headers, to whatever partition the key gives. */
  void write(Output output, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers);

  /** Hands a record on to a partition of the re-keyed feed, with the time it came with. */
  void forward(
      int partition,
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Iterable<Header> headers);
}
