package dev.slipway.ingest.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a reader of committed records sees. */
final class Committed {
  private Committed() {}

  /** All records of a topic, in order within each partition. */
  static List<ConsumerRecord<String, String>> read(String servers, String topic) {
    Map<String, Object> client =
        Map.of("bootstrap.servers", servers, "isolation.level", "read_committed");
    var text = new StringDeserializer();
    List<ConsumerRecord<String, String>> all = new ArrayList<>();
    try (var consumer = new KafkaConsumer<>(client, text, text)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(all::add);
      }
    }
    return all;
  }

  /** Partition, key and value of all records, ordered by key and then as they came. */
  static List<String> lines(String servers, String topic) {
    return read(servers, topic).stream()
        .map(record -> record.key() + " @" + record.partition() + " " + record.value())
        .sorted((a, b) -> key(a).compareTo(key(b)))
        .toList();
  }

  private static String key(String line) {
    return line.substring(0, line.indexOf('@'));
  }

  static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null
        ? ""
        : new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
