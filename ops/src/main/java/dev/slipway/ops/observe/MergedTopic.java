package dev.slipway.ops.observe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of all partitions of a topic in the order of their times, as far as each partition
 * has them in order: what is written down one partition after the other would be read as pods that
 * were silent for hours.
 */
final class MergedTopic {
  private static final Duration POLL_WAIT = Duration.ofMillis(200);

  /** Bytes of a partition that wait for another one. */
  private static final long WAITING_BYTES_MAX = 8L * 1024 * 1024;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Waiting> partitions = new HashMap<>();
  private final Map<TopicPartition, Long> ends;

  /** Takes the records. */
  @FunctionalInterface
  interface Sink {
    void accept(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  private static final class Waiting {
    final ArrayDeque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    long bytes;
  }

  /** Begins at the beginning; the consumer is closed by who opened it. */
  MergedTopic(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> all) {
    this.consumer = consumer;
    consumer.assign(all);
    consumer.seekToBeginning(all);
    this.ends = consumer.endOffsets(all);
    all.forEach(partition -> partitions.put(partition, new Waiting()));
  }

  /** True while there is something before the ends as they were at the beginning. */
  boolean behind() {
    return ends.keySet().stream().anyMatch(this::expects);
  }

  /** Fetches once and hands on what cannot be overtaken any more. */
  void turn(Sink sink) throws IOException {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_WAIT)) {
      Waiting waiting = waiting(record);
      waiting.records.add(record);
      waiting.bytes += size(record);
    }
    for (Optional<Waiting> next = next(); next.isPresent(); next = next()) {
      hand(next.get(), sink);
    }
    pause();
  }

  /** Hands on all that is left. */
  void rest(Sink sink) throws IOException {
    for (Optional<Waiting> next = earliest(); next.isPresent(); next = earliest()) {
      hand(next.get(), sink);
    }
  }

  private void hand(Waiting next, Sink sink) throws IOException {
    ConsumerRecord<byte[], byte[]> record = next.records.remove();
    next.bytes -= size(record);
    sink.accept(record);
  }

  private Waiting waiting(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    return partitions.computeIfAbsent(partition, _ -> new Waiting());
  }

  private static int size(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
  }

  /** The earliest, unless one that is still to come may be earlier. */
  private Optional<Waiting> next() {
    boolean open =
        partitions.entrySet().stream()
            .anyMatch(entry -> entry.getValue().records.isEmpty() && expects(entry.getKey()));
    return open ? Optional.empty() : earliest();
  }

  private Optional<Waiting> earliest() {
    return partitions.values().stream()
        .filter(waiting -> !waiting.records.isEmpty())
        .min(Comparator.comparingLong(waiting -> waiting.records.element().timestamp()));
  }

  private boolean expects(TopicPartition partition) {
    return consumer.position(partition) < ends.getOrDefault(partition, 0L);
  }

  private void pause() {
    Set<TopicPartition> full = new HashSet<>();
    Set<TopicPartition> others = new HashSet<>();
    partitions.forEach(
        (partition, waiting) -> (waiting.bytes > WAITING_BYTES_MAX ? full : others).add(partition));
    consumer.pause(full);
    consumer.resume(others);
  }
}
