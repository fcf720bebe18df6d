package dev.slipway.ingest.kafka;

import dev.slipway.ingest.feed.Decoded;
import java.util.ArrayDeque;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One owned partition as the feed's thread sees it: what was fetched and not handed over yet, and
 * its offsets. Holds at most one fetch ({@link KafkaFeed#POLL_RECORDS_MAX} records), because a
 * partition with something left is paused.
 */
final class PartitionWork {
  final OffsetTracker tracker;
  private final ArrayDeque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();

  /** The first fetched record as decoded, so that a record offered again is not decoded again. */
  @Nullable Decoded head;

  /** How much of what the first record says the sink has taken. */
  int taken;

  boolean paused;

  PartitionWork(int number) {
    tracker = new OffsetTracker(number);
  }

  void fetched(Collection<ConsumerRecord<byte[], byte[]>> records) {
    fetched.addAll(records);
  }

  @Nullable ConsumerRecord<byte[], byte[]> first() {
    return fetched.peekFirst();
  }

  /** The first record is dealt with. */
  void removeFirst() {
    fetched.removeFirst();
    head = null;
    taken = 0;
  }

  boolean drained() {
    return fetched.isEmpty();
  }
}
