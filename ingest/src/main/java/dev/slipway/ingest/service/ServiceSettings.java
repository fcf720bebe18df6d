package dev.slipway.ingest.service;

import dev.slipway.ingest.kafka.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Where the service reads and writes, and how.
 *
 * @param feedTopic the topic of watch records
 * @param group consumer group; its offsets say how far the feed has been followed
 * @param prefix of the topics written, see {@link Output}
 * @param instance name of this process within the group, the same after a restart: it gets its
 *     partitions back at once and fences a former self. Empty: none, a killed process is missed
 *     only after {@link #SESSION_TIMEOUT}
 * @param threads consumers in this process, each with a share of the partitions
 * @param commitEvery the longest a transaction stays open
 * @param properties further client properties, for consumers, producers and administration alike
 */
public record ServiceSettings(
    String bootstrapServers,
    String feedTopic,
    String group,
    String prefix,
    String instance,
    int threads,
    Duration commitEvery,
    Map<String, String> properties) {
  /** How long a silent member keeps its partitions; heartbeats come three times as often. */
  static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

  /**
   * A transaction nobody ends is aborted after this; until then readers of what it wrote, a new
   * owner's restore among them, wait. Three times the longest pause of a healthy loop.
   */
  static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);

  /** Records of one fetch; at 10 KB a pod some 10 MB. */
  static final int POLL_RECORDS_MAX = 1000;

  /** Headers and what Kafka puts around a record. */
  private static final int FRAMING_BYTES_MAX = 16 * 1024;

  private static final int FETCH_BYTES_MAX = 32 * 1024 * 1024;

  public ServiceSettings {
    properties = Map.copyOf(properties);
  }

  /** The usual names. */
  public static ServiceSettings of(String bootstrapServers, String feedTopic) {
    return new ServiceSettings(
        bootstrapServers,
        feedTopic,
        "slipway",
        "slipway.",
        "",
        1,
        Duration.ofMillis(100),
        Map.of());
  }

  /** The same with those client properties. */
  public ServiceSettings withProperties(Map<String, String> more) {
    return new ServiceSettings(
        bootstrapServers, feedTopic, group, prefix, instance, threads, commitEvery, more);
  }

  /** The same, with topics whose names begin so. */
  public ServiceSettings withPrefix(String other) {
    return new ServiceSettings(
        bootstrapServers, feedTopic, group, other, instance, threads, commitEvery, properties);
  }

  /** The same with so many consumers. */
  public ServiceSettings withThreads(int count) {
    return new ServiceSettings(
        bootstrapServers, feedTopic, group, prefix, instance, count, commitEvery, properties);
  }

  /** Where records go on their way to be re-keyed. */
  public String rekeyedTopic() {
    return prefix + "feed-by-pod";
  }

  /** The consumer that re-keys the feed: a group of its own. */
  public ServiceSettings rekeying() {
    return new ServiceSettings(
        bootstrapServers,
        feedTopic,
        group + "-rekey",
        prefix,
        instance,
        threads,
        commitEvery,
        properties);
  }

  /** The same over the feed as it was re-keyed. */
  public ServiceSettings rekeyed() {
    return new ServiceSettings(
        bootstrapServers,
        rekeyedTopic(),
        group,
        prefix,
        instance,
        threads,
        commitEvery,
        properties);
  }

  String topic(Output output) {
    return output.topic(prefix);
  }

  Map<String, Object> client() {
    Map<String, Object> client = new HashMap<>(properties);
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return client;
  }

  /** What the caller sets goes over what is usual, but not over what the promises rest on. */
  Map<String, Object> consumer(int thread) {
    Map<String, Object> consumer = new HashMap<>();
    consumer.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    consumer.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
    consumer.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis() / 3);
    consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS_MAX);
    consumer.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES_MAX);
    consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    if (!instance.isEmpty()) {
      consumer.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance(thread));
    }
    consumer.putAll(client());
    consumer.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return consumer;
  }

  /** A consumer of changelogs, outside any group. */
  Map<String, Object> restorer() {
    Map<String, Object> restorer = new HashMap<>();
    restorer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10 * POLL_RECORDS_MAX);
    restorer.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES_MAX);
    restorer.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES_MAX / 4);
    restorer.putAll(client());
    restorer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    restorer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return restorer;
  }

  /** A consumer outside any group, of committed records. */
  public KafkaConsumer<byte[], byte[]> reader() {
    var deserializer = new ByteArrayDeserializer();
    return new KafkaConsumer<>(restorer(), deserializer, deserializer);
  }

  /** The largest output, key and value, that a topic made by {@link ServiceTopics} takes. */
  int outputBytesMax() {
    String own = properties.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    int request = own == null ? Topics.RECORD_BYTES_MAX : Integer.parseInt(own.strip());
    return Math.min(request, Topics.RECORD_BYTES_MAX) - FRAMING_BYTES_MAX;
  }

  /** The name of a consumer within the group. */
  String instance(int thread) {
    return instance + "-" + thread;
  }

  /**
   * A producer's settings.
   *
   * @param id of its transactions: whoever comes next with the same ends what it left open
   */
  Map<String, Object> producer(String id) {
    Map<String, Object> producer = new HashMap<>();
    producer.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    producer.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    producer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    producer.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024);
    producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.RECORD_BYTES_MAX);
    producer.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
    producer.putAll(client());
    producer.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group + "-" + id);
    producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    producer.put(ProducerConfig.ACKS_CONFIG, "all");
    return producer;
  }
}
