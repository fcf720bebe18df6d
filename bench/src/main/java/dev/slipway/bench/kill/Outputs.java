package dev.slipway.bench.kill;

import dev.slipway.ingest.service.Output;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a run has written, as a reader of committed records sees it: per topic, partition and key,
 * in order.
 */
public final class Outputs {
  private static final long SILENCE_NANOS_MAX = 60_000_000_000L;

  private final Map<Output, Map<String, List<Value>>> topics = new EnumMap<>(Output.class);

  /** Partition, value and headers of a record; equal if all their bytes are. */
  public record Value(int partition, byte[] value, String headers) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Value v
          && partition == v.partition
          && headers.equals(v.headers)
          && Arrays.equals(value, v.value);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(value) + headers.hashCode();
    }
  }

  private Outputs() {}

  /** Reads all output topics of that prefix to their ends. */
  public static Outputs read(String servers, String prefix) {
    var outputs = new Outputs();
    for (Output output : Output.values()) {
      outputs.topics.put(output, read(servers, output, prefix));
    }
    return outputs;
  }

  /** The records of a topic by {@code partition/key}, in order. */
  public Map<String, List<Value>> of(Output output) {
    return topics.getOrDefault(output, Map.of());
  }

  private static Map<String, List<Value>> read(String servers, Output output, String prefix) {
    Map<String, List<Value>> values = new HashMap<>();
    var deserializer = new ByteArrayDeserializer();
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    try (var consumer = new KafkaConsumer<byte[], byte[]>(settings, deserializer, deserializer)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(output.topic(prefix)).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long heard = System.nanoTime();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        var records = consumer.poll(Duration.ofMillis(200));
        records.forEach(record -> keep(output, values, record));
        if (!records.isEmpty()) {
          heard = System.nanoTime();
        } else if (System.nanoTime() - heard > SILENCE_NANOS_MAX) {
          throw new IllegalStateException(
              "no more records from Kafka: topic=" + output.topic(prefix));
        }
      }
    }
    return values;
  }

  private static void keep(
      Output output, Map<String, List<Value>> values, ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    byte[] value = record.value();
    StringBuilder headers = new StringBuilder();
    for (Header header : record.headers()) {
      headers
          .append(header.key())
          .append('=')
          .append(new String(header.value(), StandardCharsets.UTF_8))
          .append(';');
    }
    int partition = output.partitioned() ? record.partition() : 0;
    String name = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    values
        .computeIfAbsent(partition + "/" + name, _ -> new ArrayList<>())
        .add(new Value(partition, value == null ? new byte[0] : value, headers.toString()));
  }
}
