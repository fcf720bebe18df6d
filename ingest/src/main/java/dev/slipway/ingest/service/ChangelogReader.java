package dev.slipway.ingest.service;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads changelog partitions to their ends, a slice at a time.
 *
 * <p>The end is the high watermark as it is when the owner's committed offset is known to be
 * stable, not the last stable offset: the marker of the transaction that moved the offset may still
 * be on its way to the changelog, and what it covers must not be missed. Records come only when
 * their transaction is decided, so reaching that end waits for the marker.
 */
final class ChangelogReader implements AutoCloseable {
  private static final Duration SLICE = Duration.ofMillis(100);
  private static final long ANSWER_SECONDS_MAX = 30;

  private final ServiceSettings settings;
  private final String topic;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private @Nullable KafkaConsumer<byte[], byte[]> consumer;

  ChangelogReader(ServiceSettings settings) {
    this.settings = settings;
    this.topic = settings.topic(Output.POD_STATE);
  }

  /** Begins with these partitions too, by number. */
  void add(Collection<Integer> partitions) {
    Set<TopicPartition> added = new HashSet<>();
    partitions.forEach(partition -> added.add(new TopicPartition(topic, partition)));
    ends.putAll(highWatermarks(settings, added));
    Set<TopicPartition> all = new HashSet<>(ends.keySet());
    KafkaConsumer<byte[], byte[]> reader = reader();
    reader.assign(all);
    reader.seekToBeginning(added);
  }

  private KafkaConsumer<byte[], byte[]> reader() {
    KafkaConsumer<byte[], byte[]> reader = consumer;
    if (reader == null) {
      reader = settings.reader();
      consumer = reader;
    }
    return reader;
  }

  /** The ends of partitions, records of open transactions included. */
  static Map<TopicPartition, Long> highWatermarks(
      ServiceSettings settings, Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    var options = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);
    try (Admin admin = Admin.create(settings.client())) {
      Map<TopicPartition, Long> found = new HashMap<>();
      for (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> entry :
          admin
              .listOffsets(latest, options)
              .all()
              .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
              .entrySet()) {
        found.put(entry.getKey(), entry.getValue().offset());
      }
      return found;
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("cannot find the end of the changelog", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while looking for the end of the changelog", e);
    }
  }

  /** Partitions that are no longer wanted. */
  void drop(Collection<Integer> partitions) {
    if (ends.keySet().removeIf(known -> partitions.contains(known.partition()))) {
      assignRest();
    }
  }

  private void assignRest() {
    KafkaConsumer<byte[], byte[]> reader = consumer;
    if (reader == null) {
      return;
    }
    if (ends.isEmpty()) {
      close();
    } else {
      reader.assign(Set.copyOf(ends.keySet()));
    }
  }

  boolean idle() {
    return ends.isEmpty();
  }

  /** Reads a slice; gives the partitions that have reached their end with it. */
  List<Integer> read(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    KafkaConsumer<byte[], byte[]> reader = reader();
    ConsumerRecords<byte[], byte[]> records = reader.poll(SLICE);
    records.forEach(sink);
    List<Integer> done =
        ends.entrySet().stream()
            .filter(entry -> reader.position(entry.getKey()) >= entry.getValue())
            .map(entry -> entry.getKey().partition())
            .toList();
    drop(done);
    return done;
  }

  @Override
  public void close() {
    ends.clear();
    KafkaConsumer<byte[], byte[]> reader = consumer;
    consumer = null;
    if (reader != null) {
      reader.close();
    }
  }
}
