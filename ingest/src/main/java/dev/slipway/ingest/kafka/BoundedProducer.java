package dev.slipway.ingest.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An idempotent producer with a bound on what was sent and not yet confirmed. Kafka's own bound,
 * the buffer memory, blocks the caller; ours says no before that, so that a caller on an actor's
 * thread never waits. Safe for use by several threads.
 */
final class BoundedProducer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedProducer.class);

  private static final int KIB = 1024;

  /** A batch of some 25 pods of 5 KB: past that neither the broker nor lz4 gains much. */
  private static final int BATCH_BYTES = 128 * KIB;

  /**
   * Under light load a record waits this long for company; nobody reads a feed by the millisecond.
   */
  private static final int LINGER_MILLIS = 5;

  /** Kafka's default: at 100 MB/s a third of a second. */
  private static final int BUFFER_BYTES = 32 * 1024 * KIB;

  /**
   * Half of the buffer memory. The other half is for what our count does not see: each partition's
   * unfilled batch takes {@link #BATCH_BYTES} whole, which is room for 128 partitions.
   */
  static final int OUTSTANDING_KIB_MAX = BUFFER_BYTES / KIB / 2;

  /** How long a first send may wait for the topic's metadata. */
  private static final int METADATA_WAIT_MILLIS_MAX = 10_000;

  /** What is not confirmed when closing has this long to be. */
  private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Semaphore outstanding = new Semaphore(OUTSTANDING_KIB_MAX);
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();

  BoundedProducer(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  static BoundedProducer connect(String bootstrapServers, String topic) {
    return connect(bootstrapServers, topic, Map.of());
  }

  /**
   * Connects and fetches the topic's metadata, so that sending never has to wait for it.
   *
   * @param properties further client properties
   */
  static BoundedProducer connect(
      String bootstrapServers, String topic, Map<String, String> properties) {
    var serializer = new ByteArraySerializer();
    Map<String, Object> all = new HashMap<>(properties);
    all.putAll(settings(bootstrapServers, topic));
    var producer = new KafkaProducer<>(all, serializer, serializer);
    try {
      producer.partitionsFor(topic);
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw new IllegalStateException(
          "cannot write to topic: topic=%s bootstrap-servers=%s".formatted(topic, bootstrapServers),
          e);
    }
    return new BoundedProducer(producer, topic);
  }

  private static Map<String, Object> settings(String bootstrapServers, String topic) {
    return Map.ofEntries(
        Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
        Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "slipway-producer-" + topic),
        Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
        Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
        Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
        Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES),
        Map.entry(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS),
        Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES),
        Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.RECORD_BYTES_MAX),
        Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, METADATA_WAIT_MILLIS_MAX),
        // one topic, for good: forgetting it when idle would make the next send wait
        Map.entry(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Long.MAX_VALUE));
  }

  String topic() {
    return topic;
  }

  /**
   * Sends if there is room, else returns false and does nothing. {@code done} gets null or the
   * failure, on the producer's thread; it must be quick.
   */
  boolean trySend(ProducerRecord<byte[], byte[]> record, Consumer<@Nullable Exception> done) {
    int permits = permitsOf(record);
    if (!outstanding.tryAcquire(permits)) {
      return false;
    }
    sendHolding(record, permits, done);
    return true;
  }

  /** Sends, waiting for room. */
  void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
    int permits = permitsOf(record);
    outstanding.acquire(permits);
    sendHolding(record, permits, _ -> {});
  }

  /** Waits until everything sent so far is confirmed or has failed. */
  void flush() {
    producer.flush();
  }

  /** Confirmed by the broker. */
  long sent() {
    return sent.sum();
  }

  /** Given up on. */
  long failed() {
    return failed.sum();
  }

  /** Sends what is left, then disconnects. */
  @Override
  public void close() {
    producer.close(CLOSE_WAIT_MAX);
  }

  private void sendHolding(
      ProducerRecord<byte[], byte[]> record, int permits, Consumer<@Nullable Exception> done) {
    try {
      var _ = producer.send(record, (_, failure) -> confirm(permits, failure, done));
    } catch (KafkaException | IllegalStateException e) {
      confirm(permits, e, done);
    }
  }

  private void confirm(
      int permits, @Nullable Exception failure, Consumer<@Nullable Exception> done) {
    outstanding.release(permits);
    if (failure == null) {
      sent.increment();
    } else {
      failed.increment();
      LOG.debug("record was not written: topic={}", topic, failure);
    }
    done.accept(failure);
  }

  /**
   * Kibibytes begun; a record beyond the whole bound could never be sent, and Kafka refuses it
   * anyway.
   */
  private static int permitsOf(ProducerRecord<byte[], byte[]> record) {
    int bytes = lengthOf(record.key()) + lengthOf(record.value());
    return Math.min(OUTSTANDING_KIB_MAX, bytes / KIB + 1);
  }

  private static int lengthOf(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
