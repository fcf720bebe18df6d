package dev.slipway.ingest.service;

import dev.slipway.ingest.feed.RejectReason;
import dev.slipway.ingest.kafka.DeadLetter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * One session of one consumer: from joining the group to the first failure or the end. What was not
 * committed by then never happened: the next session begins with the committed offsets and the
 * changelog.
 *
 * <p>A partition that is assigned is paused, restored from the changelog, and resumed. A partition
 * that is taken away in order has its transaction committed first; one that was lost has it
 * aborted.
 *
 * <p>The thread never waits for a slow sink longer than a moment: it pauses all partitions and goes
 * on polling, which keeps it in its group, with the records it has in hand kept back.
 */
final class ServiceLoop implements Outbox, AutoCloseable {
  private static final Duration POLL_WAIT = Duration.ofMillis(50);

  /** The time given to the sink or to the group's coordinator in a turn. */
  private static final Duration MOMENT = Duration.ofMillis(50);

  private static final long IDLE_NANOS = 1_000_000_000L;

  /** Of the key of an output that is too large, in its dead letter. */
  private static final int KEY_BYTES_MAX = 4096;

  private final ServiceSettings settings;
  private final int thread;
  private final Shard.Factory factory;
  private final Progress progress;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TransactionalSink sink;
  private final int outputBytesMax;
  private final ChangelogReader changelog;
  private final Map<Integer, Shard> shards = new TreeMap<>();
  private final Set<Integer> restoring = new HashSet<>();

  /** Assigned, and not known yet whether a transaction of a former owner is still open. */
  private final Set<Integer> fresh = new TreeSet<>();

  /** Where the feed ended when the partition was assigned, until that is reached. */
  private final Map<Integer, Long> behind = new HashMap<>();

  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

  /** Fetched and not processed: at most what one poll brings. */
  private final ArrayDeque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();

  private boolean joined;

  /** A former self is fenced and what it left open is ended: not before the group knows us. */
  private boolean begun;

  /** All partitions are paused until the sink has room. */
  private boolean held;

  /** The state of the open transaction is written: nothing may be added to it. */
  private boolean saved;

  private long heardNanos = System.nanoTime();
  private int writing;

  /** What is being processed, none while state or totals are written. */
  private @Nullable ConsumerRecord<byte[], byte[]> current;

  private boolean ending;

  /** Who is told how it goes. */
  interface Progress {
    void records(int count);

    void committed();

    void restored(int count);

    void paused();

    void state(int partitions, int restoring, long keys, long lag, boolean caughtUp);
  }

  ServiceLoop(
      ServiceSettings settings,
      int thread,
      String transactions,
      SinkLimits limits,
      Shard.Factory factory,
      Progress progress) {
    this.settings = settings;
    this.thread = thread;
    this.factory = factory;
    this.progress = progress;
    this.changelog = new ChangelogReader(settings);
    this.outputBytesMax = settings.outputBytesMax();
    this.sink = new TransactionalSink(settings.producer(transactions), limits);
    var deserializer = new ByteArrayDeserializer();
    try {
      this.consumer = new KafkaConsumer<>(settings.consumer(thread), deserializer, deserializer);
    } catch (RuntimeException e) {
      sink.close();
      throw e;
    }
  }

  /** Begins to join the group. */
  void begin() {
    consumer.subscribe(List.of(settings.feedTopic()), new Rebalance());
  }

  /** One turn: a fetch, its records, a commit if it is time for one. */
  void turn() {
    hold();
    boolean busy = held || !restoring.isEmpty();
    ConsumerRecords<byte[], byte[]> records = consumer.poll(busy ? Duration.ZERO : POLL_WAIT);
    records.forEach(waiting::add);
    if (!begun && joined) {
      sink.begin();
      begun = true;
    }
    if (!begun) {
      return;
    }
    restore();
    if (held) {
      sink.room(MOMENT);
    }
    process();
    idle(records.isEmpty());
    if (sink.isOpen() && (saved || sink.ageNanos() >= settings.commitEvery().toNanos())) {
      save();
      if (sink.drained(MOMENT)) {
        commit();
      }
    }
    tell();
  }

  /** Pauses the source while the sink is behind; each partition that is restored stays paused. */
  private void hold() {
    boolean hold = saved || sink.full() || !waiting.isEmpty();
    if (hold && !held) {
      consumer.pause(consumer.assignment());
      progress.paused();
    } else if (held && !hold) {
      Set<TopicPartition> ready = new HashSet<>(consumer.assignment());
      ready.removeIf(partition -> restoring.contains(partition.partition()));
      consumer.resume(ready);
    }
    held = hold;
  }

  private void process() {
    int count = 0;
    while (!waiting.isEmpty() && !saved && !sink.full()) {
      process(waiting.remove());
      count++;
    }
    progress.records(count);
  }

  private void process(ConsumerRecord<byte[], byte[]> record) {
    Shard shard = shards.get(record.partition());
    if (shard == null || restoring.contains(record.partition())) {
      throw new IllegalStateException(
          "record of a partition that is not ready: " + record.partition());
    }
    sink.open();
    writing = record.partition();
    current = record;
    shard.process(record, this);
    offsets.put(
        new TopicPartition(record.topic(), record.partition()),
        new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
  }

  private void idle(boolean nothingCame) {
    if (!nothingCame || !waiting.isEmpty()) {
      heardNanos = System.nanoTime();
    } else if (System.nanoTime() - heardNanos > IDLE_NANOS && restoring.isEmpty() && !saved) {
      heardNanos = System.nanoTime();
      current = null;
      sink.open();
      shards.forEach((partition, shard) -> {
        writing = partition;
        shard.idle(this);
      });
      if (!sink.written() && offsets.isEmpty()) {
        sink.abort();
      }
    }
  }

  private void save() {
    if (!saved) {
      current = null;
      shards.forEach((partition, shard) -> {
        if (!restoring.contains(partition)) {
          writing = partition;
          shard.save(this);
        }
      });
      saved = true;
    }
  }

  private void commit() {
    save();
    sink.commit(offsets, consumer.groupMetadata());
    saved = false;
    offsets.clear();
    progress.committed();
  }

  // Outbox.

  @Override
  public void write(Output output, byte[] key, byte @Nullable [] value) {
    write(output, key, value, List.of());
  }

  @Override
  public void write(
      Output output, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
    int size = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    if (size > outputBytesMax) {
      tooLarge(output, size, key);
      return;
    }
    Integer partition = output.partitioned() ? Integer.valueOf(writing) : null;
    sink.send(new ProducerRecord<>(settings.topic(output), partition, key, value, headers));
  }

  @Override
  public void forward(
      int partition,
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Iterable<Header> headers) {
    sink.send(
        new ProducerRecord<>(
            settings.rekeyedTopic(), partition, timestampMillis, key, value, headers));
  }

  /** No topic would take it, whenever it is tried: the loop goes on without. */
  private void tooLarge(Output output, int size, byte @Nullable [] key) {
    String detail =
        "output is too large: topic=%s bytes=%d max=%d"
            .formatted(settings.topic(output), size, outputBytesMax);
    ConsumerRecord<byte[], byte[]> record = current;
    String source = record == null ? "" : DeadLetter.source(record);
    byte[] start =
        key == null || key.length <= KEY_BYTES_MAX ? key : Arrays.copyOf(key, KEY_BYTES_MAX);
    List<Header> headers = DeadLetter.headers(source, RejectReason.TOO_LARGE, detail, -1);
    write(Output.DEAD_LETTERS, start, null, headers);
  }

  // Partitions.

  private void restore() {
    if (!fresh.isEmpty()) {
      beginRestore();
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
      if (!held) {
        consumer.resume(List.of(feed(partition)));
      }
    }
  }

  /**
   * Begins with the changelogs once no transaction that moves their partitions' offsets is open:
   * they are judged after that. What a killed owner left open may stay so for its timeout; until
   * then this asks for a moment in each turn, and other partitions go on.
   */
  private void beginRestore() {
    Set<TopicPartition> feeds = new HashSet<>();
    fresh.forEach(partition -> feeds.add(feed(partition)));
    try {
      consumer.committed(feeds, MOMENT);
    } catch (TimeoutException e) {
      return;
    }
    if (factory.keepsState()) {
      changelog.add(fresh);
    } else {
      fresh.forEach(this::ready);
    }
    ChangelogReader.highWatermarks(settings, feeds)
        .forEach((partition, end) -> behind.put(partition.partition(), end));
    fresh.clear();
  }

  private TopicPartition feed(int partition) {
    return new TopicPartition(settings.feedTopic(), partition);
  }

  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      joined = true;
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
      if (sink.isOpen() && !ending) {
        commit();
      }
      forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      if (sink.isOpen() && !ending) {
        throw new KafkaException("partitions were lost during a transaction: " + partitions);
      }
      forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
      Set<Integer> numbers = new HashSet<>();
      partitions.forEach(partition -> numbers.add(partition.partition()));
      waiting.removeIf(record -> numbers.contains(record.partition()));
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
    long lag = waiting.size();
    for (TopicPartition partition : consumer.assignment()) {
      long own = consumer.currentLag(partition).orElse(-1);
      lag = own < 0 || lag < 0 ? -1 : lag + own;
      arrived(partition);
    }
    long keys = 0;
    for (Shard shard : shards.values()) {
      keys += shard.size();
    }
    boolean caughtUp = joined && behind.isEmpty();
    progress.state(shards.size(), restoring.size(), keys, lag, caughtUp);
  }

  /** Once all that was there when the partition came is processed and committed. */
  private void arrived(TopicPartition partition) {
    long end = behind.getOrDefault(partition.partition(), Long.MAX_VALUE);
    if (end != Long.MAX_VALUE
        && !restoring.contains(partition.partition())
        && !sink.isOpen()
        && waiting.isEmpty()
        && consumer.position(partition) >= end) {
      behind.remove(partition.partition());
    }
  }

  long inFlightBytes() {
    return sink.inFlightBytes();
  }

  /** The source is paused for the sink. */
  boolean held() {
    return held;
  }

  /**
   * True if the group knows another process by our name. A fenced producer alone does not say so: a
   * transaction that outlived its timeout looks the same. Whoever comes anew joins first and fences
   * then, so the group's answer is right by the time the producer is fenced.
   */
  boolean takenOver() {
    String member = consumer.groupMetadata().memberId();
    return joined
        && !settings.instance().isEmpty()
        && !member.isEmpty()
        && Members.another(settings, settings.instance(thread), member);
  }

  /** Ends in order: what was processed is committed. */
  void end() {
    if (sink.isOpen()) {
      commit();
    }
  }

  /** Leaves whatever is open as it is: the next session, or the broker, aborts it. */
  @Override
  public void close() {
    ending = true;
    changelog.close();
    sink.close();
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
    shards.values().forEach(Shard::dropped);
    shards.clear();
  }
}
