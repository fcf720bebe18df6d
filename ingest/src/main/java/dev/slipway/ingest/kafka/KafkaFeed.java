package dev.slipway.ingest.kafka;

import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.Decoded;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.feed.FeedRecords;
import dev.slipway.ingest.feed.FeedSink;
import dev.slipway.ingest.feed.RejectCounts;
import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ingest.format.PodRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the feed from Kafka, records of every format, and hands what they say of pods to a {@link
 * FeedSink}, on one thread of its own.
 *
 * <p>Each turn of the loop fetches, hands over what the sink takes, and pauses each partition with
 * something left until that is gone; a slow sink thus slows the source and the heap holds at most
 * one fetch plus {@link #IN_FLIGHT_MAX} records per partition. Committed is only what the sink
 * acknowledged and, of refused records, what is in the dead-letter topic: after a crash records may
 * come again, none is lost. An orderly close commits everything acknowledged.
 */
public final class KafkaFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaFeed.class);

  /**
   * Decoding 500 pods of 10 KB takes some 20 ms: the loop stays responsive, and a fetch costs 5 MB
   * of heap.
   */
  static final int POLL_RECORDS_MAX = 500;

  /**
   * Records handed over and not acknowledged, per partition. Two fetches: the sink works on one
   * while the next is decoded. More would only move the queue from Kafka into our heap (10 MB a
   * partition at 10 KB a pod).
   */
  static final int IN_FLIGHT_MAX = 2 * POLL_RECORDS_MAX;

  /**
   * What the consumer fetches ahead, compressed: three polls of 10 KB pods, so that decoding never
   * waits for the broker.
   */
  private static final int FETCH_BYTES_MAX = 16 * 1024 * 1024;

  /** Also how long {@link #close} may wait for the loop to notice. */
  private static final Duration POLL_WAIT = Duration.ofMillis(100);

  /**
   * While a partition waits for the sink: a sink that takes 100 000 records a second has freed 500
   * places after this.
   */
  private static final Duration POLL_WAIT_PAUSED = Duration.ofMillis(5);

  /**
   * What a crash makes us read again at most, in time; ten commits a second would load the broker
   * for nothing.
   */
  private static final long COMMIT_INTERVAL_NANOS = 500 * Times.MILLI;

  /** A commit that has to be answered, before a partition is given away; rebalances wait for it. */
  private static final Duration COMMIT_WAIT_MAX = Duration.ofSeconds(5);

  /**
   * When closing, how long the sink has for acknowledging what it took. What it does not is read
   * again next time.
   */
  private static final long DRAIN_NANOS_MAX = 2 * Times.SECOND;

  /** Drain, commit, leave the group, and the dead letters' own ten seconds. */
  private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(20);

  /**
   * Where to read and where refused records go.
   *
   * @param groupId processes with the same group share the partitions
   */
  public record Settings(
      String bootstrapServers, String groupId, String topic, String deadLetterTopic) {
    /** The usual topics. */
    public static Settings of(String bootstrapServers, String groupId) {
      return new Settings(bootstrapServers, groupId, Topics.FEED, Topics.DEAD_LETTERS);
    }
  }

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final DeadLetters deadLetters;
  private final PodRecords decoder = new PodRecords();
  private final FeedSink sink;
  private final RejectCounts rejects = new RejectCounts();
  private final Map<TopicPartition, PartitionWork> owned = new HashMap<>();
  private final Thread thread;

  private long delivered;
  private long pauses;
  private long lag = -1;
  private long lastCommitNanos;

  private volatile boolean closing;
  private volatile @Nullable Throwable failure;
  private volatile FeedStats stats = new FeedStats(0, 0, 0, 0, 0, 0, -1, 0);

  private KafkaFeed(Settings settings, FeedSink sink) {
    this.sink = sink;
    var deserializer = new ByteArrayDeserializer();
    this.consumer = new KafkaConsumer<>(consumerSettings(settings), deserializer, deserializer);
    try {
      this.deadLetters =
          DeadLetters.connect(settings.bootstrapServers(), settings.deadLetterTopic());
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
    this.thread =
        Thread.ofPlatform().name("slipway-feed-" + settings.topic()).unstarted(() -> run(settings));
  }

  /**
   * Joins the group and begins to read, from the beginning if the group has never committed. Both
   * topics must exist.
   */
  public static KafkaFeed start(Settings settings, FeedSink sink) {
    var feed = new KafkaFeed(settings, sink);
    feed.thread.start();
    return feed;
  }

  /** Numbers as of the last turn of the loop. */
  public FeedStats stats() {
    return stats;
  }

  /** The refused records by reason, with samples. */
  public RejectCounts rejects() {
    return rejects;
  }

  /** Why the feed stopped by itself, empty while it runs and after an orderly close. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Stops handing over, waits a little for acknowledgements, commits and leaves the group. Returns
   * when all that is done, or at the latest after 20 seconds. From the feed's own thread it only
   * asks for it.
   */
  @Override
  public void close() {
    closing = true;
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      if (!thread.join(CLOSE_WAIT_MAX)) {
        LOG.warn("feed did not stop in time: thread={}", thread.getName());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Object> consumerSettings(Settings settings) {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        settings.bootstrapServers(),
        ConsumerConfig.GROUP_ID_CONFIG,
        settings.groupId(),
        ConsumerConfig.CLIENT_ID_CONFIG,
        "slipway-feed-" + settings.groupId(),
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "earliest",
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        "read_committed",
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
        false,
        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
        FETCH_BYTES_MAX,
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        POLL_RECORDS_MAX);
  }

  // ---- the loop; from here on everything runs on the feed's thread ----

  private void run(Settings settings) {
    try (consumer;
        deadLetters) {
      consumer.subscribe(List.of(settings.topic()), new Ownership());
      lastCommitNanos = System.nanoTime();
      while (!closing) {
        turn();
      }
      drain();
      commitNow(owned.keySet());
    } catch (RuntimeException | Error e) {
      failure = e;
      LOG.error("feed stopped: topic={} cause={}", settings.topic(), e.toString(), e);
      sink.failed(e);
    } finally {
      publishStats();
    }
  }

  private void turn() {
    fetch();
    for (Map.Entry<TopicPartition, PartitionWork> entry : owned.entrySet()) {
      handOver(entry.getValue());
      pauseOrResume(entry.getKey(), entry.getValue());
    }
    long now = System.nanoTime();
    if (now - lastCommitNanos >= COMMIT_INTERVAL_NANOS) {
      lastCommitNanos = now;
      commitLater();
      lag = measureLag();
    }
    publishStats();
  }

  private void fetch() {
    boolean waiting = owned.values().stream().anyMatch(work -> work.paused);
    ConsumerRecords<byte[], byte[]> records = consumer.poll(waiting ? POLL_WAIT_PAUSED : POLL_WAIT);
    for (TopicPartition partition : records.partitions()) {
      PartitionWork work = owned.get(partition);
      if (work != null) {
        work.fetched(records.records(partition));
      }
    }
  }

  /** Hands over until nothing is left or somebody is full. */
  private void handOver(PartitionWork work) {
    for (var source = work.first(); source != null; source = work.first()) {
      work.tracker.seen(source.offset());
      if (work.tracker.inFlight() >= IN_FLIGHT_MAX || !handOverOne(work, source)) {
        return;
      }
      work.removeFirst();
    }
  }

  private boolean handOverOne(PartitionWork work, ConsumerRecord<byte[], byte[]> source) {
    Decoded decoded = work.head;
    if (decoded == null) {
      decoded = decoder.decode(source.value(), KafkaRecords.headers(source));
      work.head = decoded;
    }
    return switch (decoded) {
      case FeedRecords(List<FeedRecord> records) -> deliver(work, source, records);
      case Rejected rejected -> refuse(work.tracker, source, rejected);
    };
  }

  /** A record that says many things is handed over when all of them are. */
  private boolean deliver(
      PartitionWork work, ConsumerRecord<byte[], byte[]> source, List<FeedRecord> records) {
    long atNanos = source.timestamp() * Times.MILLI;
    while (work.taken < records.size()) {
      if (!sink.offer(work.tracker, source.offset(), atNanos, records.get(work.taken))) {
        return false;
      }
      work.taken++;
      delivered++;
    }
    if (records.isEmpty()) {
      work.tracker.nothingLeft(source.offset());
    } else {
      work.tracker.handedOver(source.offset());
    }
    return true;
  }

  private boolean refuse(
      OffsetTracker tracker, ConsumerRecord<byte[], byte[]> source, Rejected rejected) {
    long offset = source.offset();
    tracker.deadLetterBegun(offset);
    if (!deadLetters.offer(source, rejected, _ -> tracker.deadLetterDone(offset))) {
      tracker.deadLetterDone(offset);
      return false;
    }
    tracker.nothingLeft(offset);
    rejects.add(rejected);
    return true;
  }

  private void pauseOrResume(TopicPartition partition, PartitionWork work) {
    boolean wanted = !work.drained();
    if (wanted == work.paused) {
      return;
    }
    work.paused = wanted;
    if (wanted) {
      pauses++;
      consumer.pause(List.of(partition));
    } else {
      consumer.resume(List.of(partition));
    }
  }

  // ---- commits ----

  private Map<TopicPartition, OffsetAndMetadata> committable(
      Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      PartitionWork work = owned.get(partition);
      long offset = work == null ? -1 : work.tracker.toCommit();
      if (offset >= 0) {
        offsets.put(partition, new OffsetAndMetadata(offset));
      }
    }
    return offsets;
  }

  private void commitLater() {
    var offsets = committable(owned.keySet());
    if (offsets.isEmpty()) {
      return;
    }
    consumer.commitAsync(
        offsets,
        (done, problem) -> {
          if (problem == null) {
            committed(done);
          } else {
            LOG.debug("commit failed, the next one covers it: offsets={}", done, problem);
          }
        });
  }

  /** Waits for the answer. A commit that fails costs records read twice, not the feed. */
  private void commitNow(Collection<TopicPartition> partitions) {
    var offsets = committable(partitions);
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets, COMMIT_WAIT_MAX);
      committed(offsets);
    } catch (KafkaException e) {
      LOG.warn(
          "commit failed, records will be read again: offsets={} cause={}", offsets, e.toString());
    }
  }

  private void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach((partition, offset) -> {
      PartitionWork work = owned.get(partition);
      if (work != null) {
        work.tracker.committed(offset.offset());
      }
    });
  }

  /**
   * Hands over nothing more, gives the sink time to acknowledge, and keeps the consumer alive
   * meanwhile.
   */
  private void drain() {
    long deadline = System.nanoTime() + DRAIN_NANOS_MAX;
    consumer.pause(owned.keySet());
    while (System.nanoTime() - deadline < 0
        && !owned.values().stream().allMatch(work -> work.tracker.settled())) {
      consumer.poll(POLL_WAIT_PAUSED);
      consumer.pause(owned.keySet());
    }
  }

  // ---- numbers ----

  private long measureLag() {
    long sum = 0;
    for (TopicPartition partition : owned.keySet()) {
      sum += consumer.currentLag(partition).orElse(0);
    }
    return sum;
  }

  private void publishStats() {
    long inFlight = 0;
    for (PartitionWork work : owned.values()) {
      inFlight += work.tracker.inFlight();
    }
    stats =
        new FeedStats(
            delivered,
            rejects.total(),
            deadLetters.written(),
            deadLetters.lost(),
            pauses,
            inFlight,
            lag,
            owned.size());
  }

  /**
   * Follows the group's assignment. Kafka calls it from within poll and close, on the feed's
   * thread.
   */
  private final class Ownership implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        var work = new PartitionWork(partition.partition());
        owned.put(partition, work);
        sink.assigned(work.tracker);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commitNow(partitions);
      onPartitionsLost(partitions);
    }

    /** Somebody else may own them already, so there is nothing left to commit. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : new ArrayList<>(partitions)) {
        PartitionWork work = owned.remove(partition);
        if (work != null) {
          sink.revoked(work.tracker);
        }
      }
    }
  }
}
