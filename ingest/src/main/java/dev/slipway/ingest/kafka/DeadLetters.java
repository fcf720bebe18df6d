package dev.slipway.ingest.kafka;

import dev.slipway.ingest.feed.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Writes refused records to the dead-letter topic: key and value as they came, why and where from
 * in the headers. Unreadable input of any amount stays within the producer's bound.
 */
final class DeadLetters implements AutoCloseable {
  static final String REASON = "slipway-reason";
  static final String DETAIL = "slipway-detail";
  static final String POSITION = "slipway-position";
  static final String SOURCE = "slipway-source";
  static final String CUT_FROM = "slipway-cut-from";

  /**
   * Key and value are cut to this each, so that both and the headers fit into one record of the
   * topic.
   */
  static final int BYTES_MAX = Topics.RECORD_BYTES_MAX / 4;

  private final BoundedProducer producer;

  private DeadLetters(BoundedProducer producer) {
    this.producer = producer;
  }

  static DeadLetters connect(String bootstrapServers, String topic) {
    return new DeadLetters(BoundedProducer.connect(bootstrapServers, topic));
  }

  /** False means full. */
  boolean offer(
      ConsumerRecord<byte[], byte[]> source,
      Rejected rejected,
      Consumer<@Nullable Exception> done) {
    var letter =
        new ProducerRecord<byte[], byte[]>(
            producer.topic(), cut(source.key()), cut(source.value()));
    Headers headers = letter.headers();
    add(headers, REASON, rejected.reason().name());
    add(headers, DETAIL, rejected.detail());
    add(headers, POSITION, Long.toString(rejected.position()));
    add(headers, SOURCE, source.topic() + "/" + source.partition() + "/" + source.offset());
    byte[] value = source.value();
    if (value != null && value.length > BYTES_MAX) {
      add(headers, CUT_FROM, Integer.toString(value.length));
    }
    return producer.trySend(letter, done);
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

  private static byte @Nullable [] cut(byte @Nullable [] bytes) {
    return bytes == null || bytes.length <= BYTES_MAX ? bytes : Arrays.copyOf(bytes, BYTES_MAX);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
