package dev.slipway.bench.feed;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.GroupTotals;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedShard;
import dev.slipway.engine.observe.ObservedTransition;
import dev.slipway.engine.observe.ShardSink;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.Format;
import dev.slipway.ingest.format.PodRef;
import dev.slipway.ingest.format.RecordDecoder;
import dev.slipway.ingest.kafka.EmbeddedBroker;
import dev.slipway.ingest.kafka.Topics;
import dev.slipway.ingest.repair.FeedRepair;
import dev.slipway.ingest.repair.Gone;
import dev.slipway.ingest.repair.RepairLimits;
import dev.slipway.ingest.repair.RepairedSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one topic twice in turn, with the same consumer settings and in the same process as the
 * broker: by a loop that polls and does nothing, and by the same loop with decoding, repairing and
 * applying behind it, on a thread of its own or on the same.
 */
public final class IngestBench {
  private static final TopicPartition PARTITION = new TopicPartition(Topics.FEED, 0);
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final long SEED = 7;

  /** Enough that neither waits for the other's hiccups; 500 records of 5 KB each. */
  private static final int BATCHES_AHEAD_MAX = 4;

  /** Records that are read in memory too, about 110 MB. */
  private static final int IN_MEMORY_MAX = 20_000;

  private final Settings settings;
  private final Consumer<String> progress;

  /**
   * What to measure.
   *
   * @param records in the topic
   * @param pods alive side by side
   * @param rounds how often each loop reads the topic after a first time to warm up; the best
   *     counts
   * @param compression of the producer: none, lz4, zstd, ...
   * @param ownThread what comes after polling has a thread of its own
   */
  public record Settings(
      int records, int pods, int rounds, String compression, boolean ownThread) {}

  /** One reading of the topic. */
  private record Round(long bytes, long nanos) {
    double bytesPerSecond() {
      return bytes * (double) Times.SECOND / nanos;
    }
  }

  public IngestBench(Settings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  public IngestReport run() throws InterruptedException {
    List<byte[]> sample = new ArrayList<>();
    IngestReport.Topic topic = readTopic(sample);
    progress.accept("reading %d records in memory".formatted(sample.size()));
    var memory = new InMemory(sample);
    memory.run(settings.rounds());
    return new IngestReport(topic, memory.decodeBytesPerSecond(), memory.modelBytesPerSecond());
  }

  private IngestReport.Topic readTopic(List<byte[]> sample) throws InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      Topics.create(broker.bootstrapServers(), 1, (short) 1);
      fill(broker, sample);
      Round polled = null;
      Round applied = null;
      Round observed = null;
      Applying last = null;
      for (int i = 0; i <= settings.rounds(); i++) {
        progress.accept("round %d of %d".formatted(i, settings.rounds()));
        Round poll = read(broker, record -> record.value().length);
        Round apply = work(broker, new Applying(settings, false));
        last = new Applying(settings, true);
        Round observe = work(broker, last);
        if (i > 0) {
          polled = better(polled, poll);
          applied = better(applied, apply);
          observed = better(observed, observe);
        }
      }
      if (polled == null || applied == null || observed == null || last == null) {
        throw new IllegalArgumentException("no rounds");
      }
      return last.report(polled, applied, observed);
    }
  }

  private Round work(EmbeddedBroker broker, Applying applying) throws InterruptedException {
    return settings.ownThread()
        ? readAhead(broker, applying::apply)
        : read(broker, applying::apply);
  }

  private static Round better(@Nullable Round one, Round other) {
    return one == null || other.nanos < one.nanos ? other : one;
  }

  private void fill(EmbeddedBroker broker, List<byte[]> sample) {
    var feed = new WatchFeed(SEED, settings.pods());
    try (var producer = producer(broker)) {
      for (int i = 0; i < settings.records(); i++) {
        WatchFeed.Line line = feed.next();
        if (i < IN_MEMORY_MAX) {
          sample.add(line.value());
        }
        producer.send(new ProducerRecord<>(Topics.FEED, line.key(), line.value()));
        if (i % 1000 == 0) {
          progress.accept("written %d of %d records".formatted(i, settings.records()));
        }
      }
    }
  }

  private KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            settings.compression(),
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 * 1024,
            ProducerConfig.LINGER_MS_CONFIG,
            20),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Polls and works on one thread. */
  private Round read(EmbeddedBroker broker, ToIntFunction<ConsumerRecord<byte[], byte[]>> work) {
    try (var consumer = consumer(broker)) {
      long bytes = 0;
      int records = 0;
      long begin = System.nanoTime();
      while (records < settings.records()) {
        var batch = poll(consumer, records);
        for (ConsumerRecord<byte[], byte[]> record : batch.records(PARTITION)) {
          bytes += work.applyAsInt(record);
        }
        records += batch.count();
      }
      return new Round(bytes, System.nanoTime() - begin);
    }
  }

  /** Polls on one thread and works on another, a few batches behind. */
  private Round readAhead(EmbeddedBroker broker, ToIntFunction<ConsumerRecord<byte[], byte[]>> work)
      throws InterruptedException {
    var batches = new ArrayBlockingQueue<ConsumerRecords<byte[], byte[]>>(BATCHES_AHEAD_MAX);
    try (var consumer = consumer(broker);
        var worker = Executors.newSingleThreadExecutor()) {
      long begin = System.nanoTime();
      Future<Long> bytes = worker.submit(() -> work(batches, work));
      for (int records = 0; records < settings.records() && !bytes.isDone(); ) {
        var batch = poll(consumer, records);
        records += batch.count();
        while (!batches.offer(batch, 1, TimeUnit.SECONDS) && !bytes.isDone()) {
          Thread.onSpinWait(); // the worker is far behind; see whether it lives
        }
      }
      return new Round(bytes.get(), System.nanoTime() - begin);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the worker failed", e.getCause());
    }
  }

  private long work(
      BlockingQueue<ConsumerRecords<byte[], byte[]>> batches,
      ToIntFunction<ConsumerRecord<byte[], byte[]>> work)
      throws InterruptedException {
    long bytes = 0;
    for (int records = 0; records < settings.records(); ) {
      var batch = batches.take();
      for (ConsumerRecord<byte[], byte[]> record : batch.records(PARTITION)) {
        bytes += work.applyAsInt(record);
      }
      records += batch.count();
    }
    return bytes;
  }

  private ConsumerRecords<byte[], byte[]> poll(
      KafkaConsumer<byte[], byte[]> consumer, int records) {
    var batch = consumer.poll(WAIT);
    if (batch.isEmpty()) {
      throw new IllegalStateException(
          "topic ended early: read=%d written=%d".formatted(records, settings.records()));
    }
    return batch;
  }

  private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedBroker broker) {
    var consumer =
        new KafkaConsumer<byte[], byte[]>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                1 << 20,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                8 << 20,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                500),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(PARTITION));
    consumer.seekToBeginning(List.of(PARTITION));
    consumer.position(PARTITION);
    return consumer;
  }

  /**
   * Decoder, repair with its table of pods, and behind them, if asked for, the observing engine.
   */
  private static final class Applying implements RepairedSink {
    private final Settings settings;
    private final RecordDecoder decoder = RecordDecoder.create();
    private final FeedRepair repair = FeedRepair.create(RepairLimits.DEFAULT);
    private final Derived derived = new Derived();
    private final @Nullable ObservedShard shard;
    private final Map<String, Pod> table = new HashMap<>();
    private long records;
    private long arrivalNanos;
    private long changes;
    private long ends;
    private long refused;

    Applying(Settings settings, boolean observe) {
      this.settings = settings;
      this.shard = observe ? new ObservedShard(ObserveSettings.DEFAULT, derived) : null;
    }

    int apply(ConsumerRecord<byte[], byte[]> record) {
      arrivalNanos = WatchFeed.arrivalNanos(records++, settings.pods());
      if (!(decoder.decode(record.value(), this::accept) instanceof Format)) {
        refused++;
      }
      return record.value().length;
    }

    private void accept(FeedEvent event) {
      repair.accept(event, arrivalNanos, this);
    }

    @Override
    public void pod(Pod pod, boolean first, long atNanos) {
      changes++;
      table.put(pod.metadata().uid(), pod);
      if (shard != null) {
        shard.version(pod, atNanos);
      }
    }

    @Override
    public void gone(PodRef pod, @Nullable Pod last, Gone why, long atNanos) {
      ends++;
      table.remove(pod.uid());
      if (shard != null) {
        shard.gone(pod.uid(), atNanos);
      }
    }

    IngestReport.Topic report(Round polled, Round applied, Round observed) {
      return new IngestReport.Topic(
          settings.records(),
          settings.compression(),
          settings.ownThread(),
          polled.bytes / settings.records(),
          polled.bytesPerSecond(),
          applied.bytesPerSecond(),
          observed.bytesPerSecond(),
          settings.records() * (double) Times.SECOND / applied.nanos,
          refused,
          changes,
          ends,
          table.size(),
          repair.anomalies().total(),
          derived.transitions,
          derived.findings);
    }
  }

  /** Counts what the engine derives. */
  private static final class Derived implements ShardSink {
    private long transitions;
    private long findings;

    @Override
    public void transition(ObservedPod pod, ObservedTransition transition) {
      transitions++;
    }

    @Override
    public void finding(ObservedPod pod, Finding finding) {
      findings++;
    }

    @Override
    public void readyFirst(ObservedPod pod) {}

    @Override
    public void changed(ObservedPod pod) {}

    @Override
    public void forgotten(ObservedPod pod) {}

    @Override
    public void totals(GroupTotals totals) {}

    @Override
    public void totalsGone(String group, String name) {}
  }
}
