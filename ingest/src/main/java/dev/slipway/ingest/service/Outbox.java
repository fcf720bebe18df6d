package dev.slipway.ingest.service;

import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ingest.kafka.DeadLetter;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Takes what a shard writes; all of it becomes visible with the offsets it follows from. */
public interface Outbox {
  /** Writes to the partition of the shard; a null value is a tombstone. */
  void write(Output output, byte[] key, byte @Nullable [] value);

  /** Writes with headers, to whatever partition the key gives. */
  void write(Output output, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers);

  /** Writes a record that could not be read to the dead letters. */
  default void refuse(ConsumerRecord<byte[], byte[]> record, Rejected why) {
    write(
        Output.DEAD_LETTERS,
        DeadLetter.cut(record.key()),
        DeadLetter.cut(record.value()),
        DeadLetter.headers(record, why));
  }

  /** Hands a record on to a partition of the re-keyed feed, with the time it came with. */
  void forward(
      int partition,
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Iterable<Header> headers);
}
