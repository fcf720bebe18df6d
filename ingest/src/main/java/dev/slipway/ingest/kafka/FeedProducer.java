package dev.slipway.ingest.kafka;

import dev.slipway.ingest.feed.FeedEncoder;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.feed.PodCodec;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes watch records to the feed, keyed by the pod's identity, so that all of a pod's records are
 * in one partition and in order. Idempotent and acknowledged by all replicas. A caller faster than
 * Kafka waits. Safe for use by several threads; the order of one pod's records is that of the
 * calls, so one pod belongs to one thread.
 */
public final class FeedProducer implements AutoCloseable {
  private final BoundedProducer producer;
  private final FeedEncoder encoder;

  private FeedProducer(BoundedProducer producer, FeedEncoder encoder) {
    this.producer = producer;
    this.encoder = encoder;
  }

  /** Connects to the topic, which has to exist. */
  public static FeedProducer connect(String bootstrapServers, String topic, PodCodec codec) {
    return new FeedProducer(
        BoundedProducer.connect(bootstrapServers, topic), new FeedEncoder(codec));
  }

  /** Hands one record to Kafka; {@link #flush} tells whether it arrived. */
  public void publish(FeedRecord record) throws InterruptedException {
    publish(record.identity().getBytes(StandardCharsets.UTF_8), encoder.encode(record));
  }

  /** Hands over a record that is bytes already, from a recorded feed for example. */
  public void publish(byte @Nullable [] key, byte @Nullable [] value) throws InterruptedException {
    producer.send(new ProducerRecord<>(producer.topic(), key, value));
  }

  /**
   * Waits until all records handed over are confirmed.
   *
   * @return how many have been confirmed since the start
   * @throws IllegalStateException if any record was lost since the start
   */
  public long flush() {
    producer.flush();
    long failed = producer.failed();
    if (failed > 0) {
      throw new IllegalStateException(
          "feed records were not written: topic=%s lost=%d written=%d"
              .formatted(producer.topic(), failed, producer.sent()));
    }
    return producer.sent();
  }

  @Override
  public void close() {
    producer.close();
  }
}
