package dev.slipway.ingest.service;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The producer of a session: one transaction after the other. It never waits for a slow broker on
 * its own account: whoever writes asks {@link #full} and {@link #drained} and does something else
 * meanwhile.
 */
final class TransactionalSink implements AutoCloseable {
  /** What a record costs beside its bytes: framing, bookkeeping. */
  private static final int RECORD_OVERHEAD = 128;

  private final KafkaProducer<byte[], byte[]> producer;
  private final SinkLimits limits;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final InFlight inFlight = new InFlight();
  private boolean open;
  private boolean written;
  private boolean full;
  private long begunNanos;

  TransactionalSink(Map<String, Object> settings, SinkLimits limits) {
    var serializer = new ByteArraySerializer();
    this.producer = new KafkaProducer<>(settings, serializer, serializer);
    this.limits = limits;
  }

  /** Fences a former self and ends what it left open. */
  void begin() {
    producer.initTransactions();
  }

  /** Begins a transaction unless one is open. */
  void open() {
    if (!open) {
      producer.beginTransaction();
      open = true;
      written = false;
      begunNanos = System.nanoTime();
    }
  }

  boolean isOpen() {
    return open;
  }

  /** Something was written in the open transaction. */
  boolean written() {
    return written;
  }

  long ageNanos() {
    return System.nanoTime() - begunNanos;
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    written = true;
    int size = sizeOf(record);
    inFlight.add(size);
    producer.send(
        record,
        (_, failed) -> {
          inFlight.done(size);
          if (failed != null) {
            failure.compareAndSet(null, failed);
          }
        });
  }

  private static int sizeOf(ProducerRecord<byte[], byte[]> record) {
    int size = RECORD_OVERHEAD + length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      size += header.key().length() + length(header.value());
    }
    return size;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** So much is under way that nothing should be added until it has become clearly less. */
  boolean full() {
    long bytes = inFlight.bytes();
    full = bytes >= (full ? limits.resume() : limits.most());
    return full;
  }

  long inFlightBytes() {
    return inFlight.bytes();
  }

  /** Waits a moment until a commit would not have to wait long; true if it is so. */
  boolean drained(Duration moment) {
    checkFailure();
    return await(limits.commit(), moment);
  }

  /** Waits a moment for room. */
  boolean room(Duration moment) {
    checkFailure();
    return await(limits.resume(), moment);
  }

  private boolean await(long limit, Duration moment) {
    try {
      return inFlight.await(limit, moment.toMillis());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void checkFailure() {
    Exception failed = failure.get();
    if (failed != null) {
      throw new KafkaException("an output was not taken", failed);
    }
  }

  /** Ends the transaction with these offsets; waits for what is under way. */
  void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    checkFailure();
    if (!offsets.isEmpty()) {
      producer.sendOffsetsToTransaction(Map.copyOf(offsets), group);
    }
    producer.commitTransaction();
    open = false;
  }

  /** Undoes a transaction in which nothing was written. */
  void abort() {
    producer.abortTransaction();
    open = false;
  }

  /** What is open is aborted, by the producer if it has the time, else by whoever comes next. */
  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
