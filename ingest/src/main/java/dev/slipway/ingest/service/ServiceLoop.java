package dev.slipway.ingest.service;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * One session of one consumer: from joining the group to the first failure or the end. What was not
 * committed by then never happened: the next session begins with the committed offsets and the
 * changelog.
 *
 * <p>A partition that is assigned is paused, restored from the changelog, and resumed. A partition
 * that is taken away in order has its transaction committed first; one that was lost has it
 * aborted.
 */
final class ServiceLoop implements Outbox, AutoCloseable {
  private static final Duration POLL_WAIT = Duration.ofMillis(50);
  private static final Duration COMMITTED_WAIT_MAX = Duration.ofSeconds(30);

  /** Outputs that are not confirmed; past it the source is paused. */
  private static final long IN_FLIGHT_BYTES_MAX = 32L * 1024 * 1024;

  private static final long IDLE_NANOS = 1_000_000_000L;

  private final ServiceSettings settings;
  private final Shard.Factory factory;
  private final Progress progress;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ChangelogReader changelog;
  private final AtomicReference<@Nullable Exception> sendFailure = new AtomicReference<>();
  private final InFlight inFlight = new InFlight();
  private final Map<Integer, Shard> shards = new TreeMap<>();
  private final Set<Integer> restoring = new HashSet<>();
  private final Set<Integer> fresh = new HashSet<>();

  /** Where the feed ended when the partition was assigned, until that is reached. */
  private final Map<Integer, Long> behind = new HashMap<>();

  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

  private boolean inTransaction;
  private boolean written;
  private long begunNanos;
  private long heardNanos = System.nanoTime();
  private int writing;
  private boolean ending;

  /** Who is told how it goes. */
  interface Progress {
    void records(int count);

    void committed();

    void restored(int count);

    void paused();

    void state(int partitions, int restoring, long keys, long lag, boolean caughtUp);
  }

  ServiceLoop(ServiceSettings settings, int thread, Shard.Factory factory, Progress progress) {
    this.settings = settings;
    this.factory = factory;
    this.progress = progress;
    this.changelog = new ChangelogReader(settings);
    var serializer = new ByteArraySerializer();
    var deserializer = new ByteArrayDeserializer();
    this.producer = new KafkaProducer<>(settings.producer(thread), serializer, serializer);
    try {
      this.consumer = new KafkaConsumer<>(settings.consumer(thread), deserializer, deserializer);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /** Fences a former self, ends what it left open, joins the group. */
  void begin() {
    producer.initTransactions();
    consumer.subscribe(List.of(settings.feedTopic()), new Rebalance());
  }

  /** One turn: a fetch, its records, a commit if it is time for one. */
  void turn() {
    throttle();
    ConsumerRecords<byte[], byte[]> records =
        consumer.poll(restoring.isEmpty() && fresh.isEmpty() ? POLL_WAIT : Duration.ZERO);
    restore();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      process(record);
    }
    if (!records.isEmpty()) {
      progress.records(records.count());
      heardNanos = System.nanoTime();
    } else if (System.nanoTime() - heardNanos > IDLE_NANOS && restoring.isEmpty()) {
      idle();
      heardNanos = System.nanoTime();
    }
    if (inTransaction && System.nanoTime() - begunNanos >= settings.commitEvery().toNanos()) {
      commit();
    }
    tell();
  }

  private void throttle() {
    if (inFlight.bytes() < IN_FLIGHT_BYTES_MAX) {
      return;
    }
    Set<TopicPartition> owned = new HashSet<>(consumer.assignment());
    consumer.pause(owned);
    progress.paused();
    producer.flush();
    owned.removeIf(partition -> restoring.contains(partition.partition()));
    consumer.resume(owned);
  }

  private void process(ConsumerRecord<byte[], byte[]> record) {
    Shard shard = shards.get(record.partition());
    if (shard == null || restoring.contains(record.partition())) {
      throw new IllegalStateException(
          "record of a partition that is not ready: " + record.partition());
    }
    open();
    writing = record.partition();
    shard.process(record, this);
    offsets.put(
        new TopicPartition(record.topic(), record.partition()),
        new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
  }

  private void open() {
    if (!inTransaction) {
      producer.beginTransaction();
      inTransaction = true;
      begunNanos = System.nanoTime();
    }
  }

  private void idle() {
    written = false;
    open();
    shards.forEach((partition, shard) -> {
      writing = partition;
      shard.idle(this);
    });
    if (!written && offsets.isEmpty()) {
      producer.abortTransaction();
      inTransaction = false;
    }
  }

  private void commit() {
    shards.forEach((partition, shard) -> {
      if (!restoring.contains(partition)) {
        writing = partition;
        shard.save(this);
      }
    });
    Exception failed = sendFailure.get();
    if (failed != null) {
      throw new KafkaException("an output was not taken", failed);
    }
    if (!offsets.isEmpty()) {
      producer.sendOffsetsToTransaction(Map.copyOf(offsets), consumer.groupMetadata());
    }
    producer.commitTransaction();
    inTransaction = false;
    offsets.clear();
    progress.committed();
  }

  // Outbox.

  @Override
  public void write(Output output, byte[] key, byte @Nullable [] value) {
    send(new ProducerRecord<>(settings.topic(output), writing, key, value));
  }

  @Override
  public void write(
      Output output, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
    Integer partition = output.partitioned() ? Integer.valueOf(writing) : null;
    send(new ProducerRecord<>(settings.topic(output), partition, key, value, headers));
  }

  @Override
  public void forward(
      int partition,
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Iterable<Header> headers) {
    send(
        new ProducerRecord<>(
            settings.rekeyedTopic(), partition, timestampMillis, key, value, headers));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    written = true;
    byte[] value = record.value();
    int size = value == null ? 0 : value.length;
    inFlight.add(size);
    producer.send(
        record,
        (_, failure) -> {
          inFlight.done(size);
          if (failure != null) {
            sendFailure.compareAndSet(null, failure);
          }
        });
  }

  // Partitions.

  private void restore() {
    if (!fresh.isEmpty()) {
      // Waits until no transaction that moves these offsets is open: the changelog is judged after.
      Set<TopicPartition> feeds = new HashSet<>();
      fresh.forEach(partition -> feeds.add(new TopicPartition(settings.feedTopic(), partition)));
      consumer.committed(feeds, COMMITTED_WAIT_MAX);
      if (factory.keepsState()) {
        changelog.add(fresh);
      } else {
        fresh.forEach(this::ready);
      }
      ChangelogReader.highWatermarks(settings, feeds)
          .forEach((partition, end) -> behind.put(partition.partition(), end));
      fresh.clear();
    }
    if (changelog.idle()) {
      return;
    }
    int[] count = new int[1];
    List<Integer> done =
        changelog.read(record -> {
          Shard shard = shards.get(record.partition());
          if (shard != null) {
            shard.restore(record.key(), record.value());
            count[0]++;
          }
        });
    progress.restored(count[0]);
    done.forEach(this::ready);
  }

  private void ready(Integer partition) {
    Shard shard = shards.get(partition);
    if (shard != null) {
      shard.restored();
      restoring.remove(partition);
      consumer.resume(List.of(new TopicPartition(settings.feedTopic(), partition)));
    }
  }

  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        shards.put(partition.partition(), factory.create(partition.partition()));
        restoring.add(partition.partition());
        fresh.add(partition.partition());
        behind.put(partition.partition(), Long.MAX_VALUE);
      }
      consumer.pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (inTransaction && !ending) {
        commit();
      }
      forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      if (inTransaction && !ending) {
        throw new KafkaException("partitions were lost during a transaction: " + partitions);
      }
      forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
      Set<Integer> numbers = new HashSet<>();
      partitions.forEach(partition -> numbers.add(partition.partition()));
      for (Integer number : numbers) {
        Shard shard = shards.remove(number);
        if (shard != null) {
          shard.dropped();
        }
      }
      restoring.removeAll(numbers);
      fresh.removeAll(numbers);
      behind.keySet().removeAll(numbers);
      changelog.drop(numbers);
    }
  }

  private void tell() {
    long lag = 0;
    for (TopicPartition partition : consumer.assignment()) {
      long own = consumer.currentLag(partition).orElse(-1);
      lag = own < 0 || lag < 0 ? -1 : lag + own;
      long end = behind.getOrDefault(partition.partition(), Long.MAX_VALUE);
      boolean open = end != Long.MAX_VALUE && !restoring.contains(partition.partition());
      if (open && consumer.position(partition) >= end) {
        behind.remove(partition.partition());
      }
    }
    long keys = 0;
    for (Shard shard : shards.values()) {
      keys += shard.size();
    }
    boolean caughtUp = behind.isEmpty() && !shards.isEmpty() && !inTransaction;
    progress.state(shards.size(), restoring.size(), keys, lag, caughtUp);
  }

  /** Ends in order: what was processed is committed. */
  void end() {
    if (inTransaction) {
      commit();
    }
  }

  /** Leaves whatever is open as it is: the next session, or the broker, aborts it. */
  @Override
  public void close() {
    ending = true;
    changelog.close();
    producer.close(Duration.ofSeconds(1));
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
