package dev.slipway.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.kill.Comparison;
import dev.slipway.bench.kill.LivesFeed;
import dev.slipway.bench.kill.Outputs;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.ingest.kafka.EmbeddedBroker;
import dev.slipway.ingest.manifest.JsonPodCodec;
import dev.slipway.ingest.service.ObserveListener;
import dev.slipway.ingest.service.ObserveShard;
import dev.slipway.ingest.service.Outbox;
import dev.slipway.ingest.service.Output;
import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ingest.service.ServiceTopics;
import dev.slipway.ingest.service.Shard;
import dev.slipway.ingest.service.StreamService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Several services of one group: partitions move between them while records come, and what all of
 * them wrote together is what one that nobody disturbed writes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RebalanceTest {
  private static final int PARTITIONS = 6;
  private static final int PODS = 120;
  private static final Duration WAIT_MAX = Duration.ofSeconds(40);

  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final JsonPodCodec codec = new JsonPodCodec();
  private List<LivesFeed.Line> lines = List.of();

  @BeforeAll
  void makeLives() throws Exception {
    lines = LivesFeed.of(PODS, 11);
  }

  @AfterAll
  void closeBroker() {
    broker.close();
  }

  @Test
  void partitionsThatMoveWhileRecordsComeLoseAndDoubleNothing() throws Exception {
    Group group = new Group("moving");
    AtomicBoolean broken = new AtomicBoolean();
    group.feed(0, 1);
    try (StreamService first = group.join("")) {
      await(() -> first.stats().transactions() > 0);
      StreamService second = group.join("");
      group.feed(1, 4);
      await(() -> second.stats().partitions() > 0 && second.stats().restoring() == 0);
      group.feed(2, 4);
      StreamService third = StreamService.start(group.settings(""), breaking(broken));
      await(() -> third.stats().partitions() > 0 && third.stats().transactions() > 0);
      group.feed(3, 4);
      second.close();
      group.feed(4, 5);
      await(() -> owned(first, third) == PARTITIONS);
      broken.set(true);
      group.feed(5, 5);
      await(() -> third.failure().isPresent());
      third.close();
      await(() -> first.stats().partitions() == PARTITIONS && first.stats().caughtUp());
      assertThat(first.stats().sessions()).as("partitions are given away in order").isEqualTo(1);
      assertThat(second.stats().sessions()).isEqualTo(1);
      assertThat(first.stats().restored()).as("state came by the changelog").isPositive();
      group.untilDone(first);
    }
    group.compare();
  }

  private static int owned(StreamService... services) {
    int sum = 0;
    for (StreamService service : services) {
      sum += service.stats().partitions();
    }
    return sum;
  }

  @Test
  void oneThatWasAsleepWhileItsPartitionsWereGivenAwayCannotCommit() throws Exception {
    Group group = new Group("asleep");
    CountDownLatch asleep = new CountDownLatch(1);
    CountDownLatch awake = new CountDownLatch(1);
    group.feed(0, 1);
    ServiceSettings impatient =
        group.settings("").withProperties(Map.of("max.poll.interval.ms", "2000"));
    try (StreamService sleeper =
        StreamService.start(
            impatient,
            partition ->
                new Wrapped(observe(partition)) {
                  private int seen;

                  @Override
                  void before() {
                    if (++seen == 20) {
                      asleep.countDown();
                      sleepUntil(awake);
                    }
                  }
                })) {
      assertThat(asleep.await(30, TimeUnit.SECONDS)).isTrue();
      try (StreamService other = group.join("")) {
        await(() -> other.stats().partitions() == PARTITIONS && other.stats().caughtUp());
        group.feed(1, 2);
        await(() -> other.stats().lag() == 0 && other.stats().records() > 0);
        long committed = sleeper.stats().transactions();
        awake.countDown();
        await(() -> sleeper.stats().sessions() == 2);
        assertThat(sleeper.stats().transactions()).isEqualTo(committed);
        await(() -> owned(sleeper, other) == PARTITIONS && sleeper.stats().partitions() > 0);
        group.feed(2, 2);
        group.feed(3, 2);
        group.feed(4, 2);
        group.feed(5, 2);
        group.untilDone(sleeper, other);
      }
    }
    group.compare();
  }

  private static void sleepUntil(CountDownLatch awake) {
    try {
      awake.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aSecondOneWithTheSameNameTakesOverAndTheFirstGivesUp() throws Exception {
    Group group = new Group("named");
    group.feed(0, 1);
    group.feed(1, 1);
    StreamService first = group.join("pod-0");
    await(() -> first.stats().transactions() > 0);
    try (StreamService second = group.join("pod-0")) {
      group.feed(2, 2);
      await(() -> first.failure().isPresent());
      assertThat(first.failure().orElseThrow())
          .hasMessageContaining("another process has taken over this instance name")
          .hasMessageContaining("pod-0");
      group.feed(3, 2);
      group.feed(4, 2);
      group.feed(5, 2);
      group.untilDone(second);
      assertThat(second.stats().sessions()).as("they do not fight").isEqualTo(1);
    }
    first.close();
    group.compare();
  }

  @Test
  void oneThatGetsNoPartitionIsReadyToo() throws Exception {
    Group group = new Group("spare");
    group.feed(0, 1);
    try (StreamService service =
        StreamService.start(group.settings("").withThreads(PARTITIONS + 1), this::observe)) {
      await(() -> service.stats().partitions() == PARTITIONS && service.stats().caughtUp());
    }
  }

  private Shard observe(int partition) {
    return new ObserveShard(partition, codec, ObserveSettings.DEFAULT, ObserveListener.NONE);
  }

  /** Dies in the middle of a record once it is told to. */
  private Shard.Factory breaking(AtomicBoolean broken) {
    return partition ->
        new Wrapped(observe(partition)) {
          @Override
          void after() {
            if (broken.get()) {
              throw new AssertionError("dies as it was told, after it has written");
            }
          }
        };
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + WAIT_MAX.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited long enough").isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  /** A feed of its own, fed in parts: pods are dealt out to the parts, so that each has lives. */
  private final class Group {
    private final String name;

    Group(String name) {
      this.name = name;
      ServiceTopics.createFeed(settings(""), PARTITIONS);
      ServiceTopics.create(settings(""));
    }

    ServiceSettings settings(String instance) {
      return settings(name, instance);
    }

    private ServiceSettings settings(String prefix, String instance) {
      return new ServiceSettings(
          broker.bootstrapServers(),
          name + ".feed",
          prefix + ".group",
          prefix + ".",
          instance,
          1,
          Duration.ofMillis(100),
          Map.of());
    }

    StreamService join(String instance) {
      return StreamService.start(settings(instance), RebalanceTest.this::observe);
    }

    /** One sixth of the feed, in the background if it is to last. */
    void feed(int part, int seconds) {
      int from = lines.size() * part / 6;
      int to = lines.size() * (part + 1) / 6;
      write(lines.subList(from, to), seconds * 100L);
    }

    private void write(List<LivesFeed.Line> part, long millis) {
      var serializer = new ByteArraySerializer();
      Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (var producer = new KafkaProducer<byte[], byte[]>(client, serializer, serializer)) {
        long began = System.nanoTime();
        for (int k = 0; k < part.size(); k++) {
          LivesFeed.Line line = part.get(k);
          int partition = Math.floorMod(line.key().hashCode(), PARTITIONS);
          byte[] key = line.key().getBytes(StandardCharsets.UTF_8);
          producer.send(
              new ProducerRecord<>(name + ".feed", partition, line.atMillis(), key, line.value()));
          long due = began + TimeUnit.MILLISECONDS.toNanos(millis * k / part.size());
          while (System.nanoTime() < due) {
            Thread.sleep(1);
          }
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** All is processed, and what is kept back while records come is written too. */
    void untilDone(StreamService... services) throws InterruptedException {
      long[] quiet = {0};
      long[] last = {-1};
      await(() -> {
        long transactions = 0;
        boolean there = owned(services) == PARTITIONS;
        for (StreamService service : services) {
          transactions += service.stats().transactions();
          there &= service.stats().caughtUp() && service.stats().lag() == 0;
        }
        if (!there || transactions != last[0]) {
          last[0] = transactions;
          quiet[0] = System.nanoTime();
        }
        return System.nanoTime() - quiet[0] > 2_000_000_000L;
      });
    }

    /** Lets one service follow the same feed undisturbed, and holds the outputs against it. */
    void compare() throws InterruptedException {
      ServiceSettings calm = settings(name + ".calm", "");
      ServiceTopics.create(calm);
      try (StreamService service = StreamService.start(calm, RebalanceTest.this::observe)) {
        untilDone(service);
      }
      Outputs wanted = Outputs.read(broker.bootstrapServers(), name + ".calm.");
      Comparison comparison =
          Comparison.of(wanted, Outputs.read(broker.bootstrapServers(), name + "."));
      assertThat(comparison.exact()).as(comparison.toString()).isTrue();
      assertThat(wanted.of(Output.TRANSITIONS)).hasSize(PODS);
      assertThat(wanted.of(Output.FINDINGS)).isNotEmpty();
      assertThat(wanted.of(Output.DEAD_LETTERS)).isNotEmpty();
    }
  }

  /** Hands on to another shard. */
  private static class Wrapped implements Shard {
    private final Shard shard;

    Wrapped(Shard shard) {
      this.shard = shard;
    }

    void before() {}

    void after() {}

    @Override
    public void restore(byte[] key, byte @Nullable [] value) {
      shard.restore(key, value);
    }

    @Override
    public void restored() {
      shard.restored();
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> record, Outbox out) {
      before();
      shard.process(record, out);
      after();
    }

    @Override
    public void save(Outbox out) {
      shard.save(out);
    }

    @Override
    public void idle(Outbox out) {
      shard.idle(out);
    }

    @Override
    public void dropped() {
      shard.dropped();
    }

    @Override
    public int size() {
      return shard.size();
    }
  }
}
