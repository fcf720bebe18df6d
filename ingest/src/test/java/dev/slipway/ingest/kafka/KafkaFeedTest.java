package dev.slipway.ingest.kafka;

import static dev.slipway.ingest.feed.TestPods.pod;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.ingest.feed.FeedPartition;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.feed.FeedSink;
import dev.slipway.ingest.feed.RejectReason;
import dev.slipway.ingest.manifest.JsonPodCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The feed, its producer and the status sink against a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KafkaFeedTest {
  private static final JsonPodCodec CODEC = new JsonPodCodec();
  private static final int PARTITIONS = 4;
  private static final int PODS = 2_000;
  private static final int WAIT_SECONDS_MAX = 20;

  private final EmbeddedBroker broker = EmbeddedBroker.start();

  @BeforeAll
  void createTopics() {
    Topics.create(broker.bootstrapServers(), PARTITIONS, (short) 1);
  }

  @AfterAll
  void closeBroker() {
    Path directory = broker.directory();
    assertThat(broker.failure()).isEmpty();
    broker.close();
    assertThat(Files.exists(directory)).isFalse();
  }

  @Test
  void podsArriveInOrderPerKeyThroughASlowSinkAndGarbageGoesToTheDeadLetters() throws Exception {
    List<String> garbage =
        List.of("", "not json", "{\"type\":\"ADDED\"}", "{\"type\":\"ADDED\",\"obj");
    try (var producer = FeedProducer.connect(broker.bootstrapServers(), Topics.FEED, CODEC)) {
      for (int i = 0; i < PODS; i++) {
        producer.publish(new FeedRecord.Added(pod("u-" + i, PodPhase.PENDING, "1")));
      }
      for (String text : garbage) {
        producer.publish(null, text.getBytes(StandardCharsets.UTF_8));
      }
      for (int i = 0; i < PODS; i++) {
        producer.publish(new FeedRecord.Modified(pod("u-" + i, PodPhase.RUNNING, "2")));
        producer.publish(new FeedRecord.Deleted(pod("u-" + i, PodPhase.RUNNING, "3")));
      }
      assertThat(producer.flush()).isEqualTo(3L * PODS + garbage.size());
    }

    var sink = new QueueSink(64);
    Map<String, StringBuilder> seen = new HashMap<>();
    var settings = KafkaFeed.Settings.of(broker.bootstrapServers(), "in-order");
    KafkaFeed feed = KafkaFeed.start(settings, sink);
    try (feed) {
      for (int i = 0; i < 3 * PODS; i++) {
        Delivery delivery = sink.take();
        String uid = delivery.record.identity();
        seen.computeIfAbsent(uid, _ -> new StringBuilder())
            .append(delivery.record.type().charAt(0))
            .append(delivery.record.pod().status().reason());
        delivery.partition.acknowledge(delivery.offset);
      }
      awaitRejected(feed, garbage.size());
    }
    FeedStats stats = feed.stats();
    assertThat(feed.failure()).isEmpty();
    assertThat(stats.delivered()).isEqualTo(3L * PODS);
    assertThat(stats.pauses()).isPositive();
    assertThat(feed.rejects().byReason())
        .isEqualTo(
            Map.of(
                RejectReason.EMPTY, 1L,
                RejectReason.MALFORMED, 2L,
                RejectReason.NOT_A_WATCH_RECORD, 1L));
    assertThat(seen).hasSize(PODS);
    assertThat(seen.values()).allSatisfy(life -> assertThat(life.toString()).isEqualTo("A1M2D3"));
    assertThat(committed("in-order", Topics.FEED)).isEqualTo(3L * PODS + garbage.size());
    assertThat(deadLetters()).containsExactlyInAnyOrderElementsOf(garbage);
  }

  @Test
  void aListComesPodByPodAndOtherRecordsSayNothing() throws Exception {
    createTopic("lists");
    String pod = new String(CODEC.encode(pod("u-1", PodPhase.PENDING, "")), StandardCharsets.UTF_8);
    List<String> values =
        List.of(
            "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":["
                + String.join(",", pod, pod.replace("u-1", "u-2"), pod.replace("u-1", "u-3"))
                + "]}",
            "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}}",
            "{\"time\":\"2026-01-02T03:04:05Z\",\"event\":\"Delete\",\"resource\":" + pod + "}");
    try (var producer = FeedProducer.connect(broker.bootstrapServers(), "lists", CODEC)) {
      for (String value : values) {
        producer.publish(
            "key".getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
      }
      producer.flush();
    }
    var settings =
        new KafkaFeed.Settings(broker.bootstrapServers(), "lists", "lists", Topics.DEAD_LETTERS);
    var sink = new QueueSink(2);
    List<String> seen = new ArrayList<>();
    try (var _ = KafkaFeed.start(settings, sink)) {
      for (int i = 0; i < 4; i++) {
        Delivery delivery = sink.take();
        seen.add(delivery.record.type() + " " + delivery.record.identity());
        delivery.partition.acknowledge(delivery.offset);
      }
    }
    assertThat(seen).containsExactly("ADDED u-1", "ADDED u-2", "ADDED u-3", "DELETED u-1");
    assertThat(committed("lists", "lists")).isEqualTo(values.size());
  }

  @Test
  void whatWasNotAcknowledgedComesAgain() throws Exception {
    createTopic("again");
    try (var producer = FeedProducer.connect(broker.bootstrapServers(), "again", CODEC)) {
      for (int i = 0; i < 10; i++) {
        producer.publish(new FeedRecord.Added(pod("u-" + i, PodPhase.PENDING, "")));
      }
      producer.flush();
    }
    var settings =
        new KafkaFeed.Settings(broker.bootstrapServers(), "again", "again", Topics.DEAD_LETTERS);

    var first = new QueueSink(100);
    try (var _ = KafkaFeed.start(settings, first)) {
      for (int i = 0; i < 10; i++) {
        Delivery delivery = first.take();
        if (i == 6) {
          delivery.partition.acknowledge(delivery.offset);
        }
      }
    }
    var second = new QueueSink(100);
    List<String> again = new ArrayList<>();
    try (var _ = KafkaFeed.start(settings, second)) {
      for (int i = 0; i < 3; i++) {
        Delivery delivery = second.take();
        again.add(delivery.record.identity());
        delivery.partition.acknowledge(delivery.offset);
      }
    }
    assertThat(again).containsExactly("u-7", "u-8", "u-9");
    assertThat(second.waiting()).isZero();
    assertThat(first.revoked.get()).isEqualTo(1);
    assertThat(committed("again", "again")).isEqualTo(10);
  }

  @Test
  void secondFeedOfTheGroupTakesOverPartitionsWithoutLosingARecord() throws Exception {
    createTopic("shared", 2);
    var settings =
        new KafkaFeed.Settings(broker.bootstrapServers(), "shared", "shared", Topics.DEAD_LETTERS);
    var first = new QueueSink(1_000);
    var second = new QueueSink(1_000);
    Map<String, Integer> seen = new HashMap<>();
    try (var producer = FeedProducer.connect(broker.bootstrapServers(), "shared", CODEC);
        var _ = KafkaFeed.start(settings, first)) {
      publish(producer, 0, 100);
      for (int i = 0; i < 100; i++) {
        count(first.take(), seen);
      }
      try (var _ = KafkaFeed.start(settings, second)) {
        second.awaitAssigned();
        publish(producer, 100, 200);
        while (seen.size() < 200) {
          Delivery delivery = first.waiting() > 0 ? first.take() : second.poll();
          if (delivery != null) {
            count(delivery, seen);
          }
        }
      }
    }
    assertThat(seen).hasSize(200);
    assertThat(seen.values()).as("all were acknowledged before the move").containsOnly(1);
    assertThat(second.taken.get()).isPositive();
  }

  private static void publish(FeedProducer producer, int from, int to) throws InterruptedException {
    for (int i = from; i < to; i++) {
      producer.publish(new FeedRecord.Added(pod("u-" + i, PodPhase.PENDING, "")));
    }
    producer.flush();
  }

  private static void count(Delivery delivery, Map<String, Integer> seen) {
    seen.merge(delivery.record.identity(), 1, Integer::sum);
    delivery.partition.acknowledge(delivery.offset);
  }

  @Test
  void sinkThatThrowsStopsTheFeedAndIsTold() throws Exception {
    createTopic("throwing");
    try (var producer = FeedProducer.connect(broker.bootstrapServers(), "throwing", CODEC)) {
      producer.publish(new FeedRecord.Added(pod("u", PodPhase.PENDING, "")));
    }
    var told = new LinkedBlockingQueue<Throwable>();
    var settings =
        new KafkaFeed.Settings(
            broker.bootstrapServers(), "throwing", "throwing", Topics.DEAD_LETTERS);
    try (var feed = KafkaFeed.start(settings, new ThrowingSink(told))) {
      assertThat(told.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).hasMessage("sink is broken");
      assertThat(feed.failure()).isPresent();
    }
  }

  @Test
  void statusTopicEndsWithTheLastStatusAndATombstoneForTheDeleted() throws Exception {
    try (var sink = StatusSink.connect(broker.bootstrapServers(), Topics.POD_STATUS, CODEC)) {
      Pod gone = pod("gone", PodPhase.SUCCEEDED, "");
      for (PodPhase phase : List.of(PodPhase.PENDING, PodPhase.RUNNING, PodPhase.FAILED)) {
        assertThat(sink.offer(pod("stays", phase, ""))).isTrue();
        assertThat(sink.offer(gone)).isTrue();
      }
      assertThat(sink.offerDeleted(gone)).isTrue();
      sink.flush();
      assertThat(sink.written()).isEqualTo(7);
      assertThat(sink.lost()).isZero();
    }
    Map<String, @Nullable String> last = new LinkedHashMap<>();
    for (var record : readAll(Topics.POD_STATUS)) {
      last.put(text(record.key()), record.value() == null ? null : text(record.value()));
    }
    assertThat(last.get("stays")).contains("\"phase\":\"Failed\"");
    assertThat(last).containsEntry("gone", null);
    assertThat(cleanupPolicy(Topics.POD_STATUS)).isEqualTo("compact");
  }

  /**
   * A refused record may be the last of its partition, and then nothing else tells that it was
   * reached.
   */
  private static void awaitRejected(KafkaFeed feed, long wanted) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    while (feed.rejects().total() < wanted && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    assertThat(feed.rejects().total()).isEqualTo(wanted);
  }

  private void createTopic(String name) throws Exception {
    createTopic(name, 1);
  }

  private void createTopic(String name, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
  }

  private long committed(String group, String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      var offsets = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return offsets.entrySet().stream()
          .filter(entry -> entry.getKey().topic().equals(topic))
          .mapToLong(entry -> entry.getValue().offset())
          .sum();
    }
  }

  private String cleanupPolicy(String topic) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      var configs = admin.describeConfigs(List.of(resource)).all().get();
      return requireNonNull(configs.get(resource)).get("cleanup.policy").value();
    }
  }

  private List<String> deadLetters() {
    List<String> values = new ArrayList<>();
    for (var record : readAll(Topics.DEAD_LETTERS)) {
      assertThat(record.headers().lastHeader(DeadLetter.REASON)).isNotNull();
      assertThat(text(record.headers().lastHeader(DeadLetter.SOURCE).value()))
          .startsWith(Topics.FEED + "/");
      values.add(text(record.value()));
    }
    return values;
  }

  private List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
    var deserializer = new ByteArrayDeserializer();
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var consumer = new KafkaConsumer<>(settings, deserializer, deserializer)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (records.size() < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
      return records;
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private record Delivery(FeedPartition partition, long offset, FeedRecord record) {}

  /** A sink of bounded capacity that somebody else empties. */
  private static final class QueueSink implements FeedSink {
    private final BlockingQueue<Delivery> queue;
    final CountDownLatch assigned = new CountDownLatch(1);
    final AtomicInteger revoked = new AtomicInteger();
    final AtomicInteger taken = new AtomicInteger();

    QueueSink(int capacity) {
      queue = new LinkedBlockingQueue<>(capacity);
    }

    @Override
    public boolean offer(FeedPartition partition, long offset, long atNanos, FeedRecord record) {
      boolean done = queue.offer(new Delivery(partition, offset, record));
      if (done) {
        taken.incrementAndGet();
      }
      return done;
    }

    @Override
    public void assigned(FeedPartition partition) {
      assigned.countDown();
    }

    @Override
    public void revoked(FeedPartition partition) {
      revoked.incrementAndGet();
    }

    void awaitAssigned() throws InterruptedException {
      assertThat(assigned.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    }

    /** What is there after a moment. */
    @Nullable Delivery poll() throws InterruptedException {
      return queue.poll(5, TimeUnit.MILLISECONDS);
    }

    Delivery take() throws InterruptedException {
      Delivery delivery = queue.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
      if (delivery == null) {
        throw new AssertionError("nothing arrived in time");
      }
      return delivery;
    }

    int waiting() {
      return queue.size();
    }
  }

  private record ThrowingSink(BlockingQueue<Throwable> told) implements FeedSink {
    @Override
    public boolean offer(FeedPartition partition, long offset, long atNanos, FeedRecord record) {
      throw new IllegalStateException("sink is broken");
    }

    @Override
    public void failed(Throwable cause) {
      told.add(cause);
    }
  }
}
