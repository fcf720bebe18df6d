package dev.slipway.ingest.kafka;

import dev.slipway.ingest.feed.Rejected;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes refused records to the dead-letter topic: key and value as they came, why and where from
 * in the headers. Unreadable input of any amount stays within the producer's bound.
 */
public final class DeadLetters implements AutoCloseable {
  private final BoundedProducer producer;

  private DeadLetters(BoundedProducer producer) {
    this.producer = producer;
  }

  static DeadLetters connect(String bootstrapServers, String topic) {
    return connect(bootstrapServers, topic, Map.of());
  }

  /** Connects with those client properties to the topic, which has to exist. */
  public static DeadLetters connect(
      String bootstrapServers, String topic, Map<String, String> properties) {
    return new DeadLetters(BoundedProducer.connect(bootstrapServers, topic, properties));
  }

  /** False means full. */
  public boolean offer(
      ConsumerRecord<byte[], byte[]> source,
      Rejected rejected,
      Consumer<@Nullable Exception> done) {
    return producer.trySend(
        new ProducerRecord<>(
            producer.topic(),
            null,
            DeadLetter.cut(source.key()),
            DeadLetter.cut(source.value()),
            DeadLetter.headers(source, rejected)),
        done);
  }

  long written() {
    return producer.sent();
  }

  long lost() {
    return producer.failed();
  }

  @Override
  public void close() {
    producer.close();
  }
}
