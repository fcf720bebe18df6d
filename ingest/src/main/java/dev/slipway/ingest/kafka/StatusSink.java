package dev.slipway.ingest.kafka;

import dev.slipway.engine.api.Pod;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.feed.PodCodec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes each pod's latest object with its status to the compacted status topic, keyed by the pod's
 * identity; a pod that is gone leaves a tombstone. Bounded: a full sink says so instead of
 * blocking, and the caller stops taking events until it is not. Safe for use by several threads;
 * one pod belongs to one thread.
 */
public final class StatusSink implements AutoCloseable {
  private final BoundedProducer producer;
  private final PodCodec codec;

  private StatusSink(BoundedProducer producer, PodCodec codec) {
    this.producer = producer;
    this.codec = codec;
  }

  /** Connects to the topic, which has to exist. */
  public static StatusSink connect(String bootstrapServers, String topic, PodCodec codec) {
    return connect(bootstrapServers, topic, codec, Map.of());
  }

  /** The same with further client properties. */
  public static StatusSink connect(
      String bootstrapServers, String topic, PodCodec codec, Map<String, String> properties) {
    return new StatusSink(BoundedProducer.connect(bootstrapServers, topic, properties), codec);
  }

  /** Writes the pod as it is now. False means full: nothing was done, try the same again later. */
  public boolean offer(Pod pod) {
    return offer(pod, _ -> {});
  }

  /**
   * As {@link #offer(Pod)}; {@code done} gets null or the failure on the producer's thread and must
   * be quick.
   */
  public boolean offer(Pod pod, Consumer<@Nullable Exception> done) {
    return producer.trySend(
        new ProducerRecord<>(producer.topic(), keyOf(pod), codec.encode(pod)), done);
  }

  /** Writes that the pod is gone. False means full. */
  public boolean offerDeleted(Pod pod) {
    return offerDeleted(pod, _ -> {});
  }

  /** As {@link #offerDeleted(Pod)}; {@code done} as in {@link #offer(Pod, Consumer)}. */
  public boolean offerDeleted(Pod pod, Consumer<@Nullable Exception> done) {
    return producer.trySend(new ProducerRecord<>(producer.topic(), keyOf(pod), null), done);
  }

  /** Waits until everything offered is confirmed or has failed. */
  public void flush() {
    producer.flush();
  }

  /** Statuses confirmed by the broker. */
  public long written() {
    return producer.sent();
  }

  /** Statuses given up on: the topic shows an older status of that pod until its next one. */
  public long lost() {
    return producer.failed();
  }

  @Override
  public void close() {
    producer.close();
  }

  private static byte[] keyOf(Pod pod) {
    return FeedRecord.identityOf(pod).getBytes(StandardCharsets.UTF_8);
  }
}
