package dev.slipway.ingest.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.Pod;
import dev.slipway.ingest.feed.PodCodec;
import dev.slipway.ingest.feed.PodFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what the status topic says now: the latest object of each pod that is not gone. */
public final class StatusReader {
  private static final Duration POLL_WAIT = Duration.ofMillis(200);

  /** A broker that brings nothing for this long is not going to bring the rest. */
  private static final long SILENCE_NANOS_MAX = 30_000_000_000L;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StatusReader() {}

  /** The pods by identity, as of this call. */
  public static Map<String, Pod> read(String bootstrapServers, String topic, PodCodec codec) {
    return read(bootstrapServers, topic, codec, Map.of());
  }

  /** The same with further client properties. */
  public static Map<String, Pod> read(
      String bootstrapServers, String topic, PodCodec codec, Map<String, String> properties) {
    Map<String, Object> client = new HashMap<>(properties);
    client.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    Map<String, byte[]> latest = new HashMap<>();
    try (var consumer = consumer(client)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream().map(StatusReader::partition).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long heard = System.nanoTime();
      while (behind(consumer, partitions, ends)) {
        var records = consumer.poll(POLL_WAIT);
        records.forEach(record -> keep(latest, record));
        if (!records.isEmpty()) {
          heard = System.nanoTime();
        } else if (System.nanoTime() - heard > SILENCE_NANOS_MAX) {
          throw new IllegalStateException("no more records from Kafka: topic=" + topic);
        }
      }
    }
    return decode(latest, codec);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> client) {
    var deserializer = new ByteArrayDeserializer();
    return new KafkaConsumer<>(client, deserializer, deserializer);
  }

  private static TopicPartition partition(PartitionInfo info) {
    return new TopicPartition(info.topic(), info.partition());
  }

  private static boolean behind(
      KafkaConsumer<byte[], byte[]> consumer,
      Collection<TopicPartition> partitions,
      Map<TopicPartition, Long> ends) {
    for (TopicPartition partition : partitions) {
      if (consumer.position(partition) < ends.getOrDefault(partition, 0L)) {
        return true;
      }
    }
    return false;
  }

  private static void keep(Map<String, byte[]> latest, ConsumerRecord<byte[], byte[]> record) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      latest.remove(key);
    } else {
      latest.put(key, record.value());
    }
  }

  private static Map<String, Pod> decode(Map<String, byte[]> latest, PodCodec codec) {
    Map<String, Pod> pods = new HashMap<>();
    latest.forEach((key, value) -> {
      try {
        pods.put(key, codec.decode(MAPPER.readTree(value)));
      } catch (PodFormatException e) {
        throw new IllegalStateException("not a pod in the status topic: key=" + key, e);
      } catch (IOException e) {
        throw new UncheckedIOException("not JSON in the status topic: key=" + key, e);
      }
    });
    return pods;
  }
}
