package dev.slipway.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.ingest.kafka.EmbeddedBroker;
import dev.slipway.ingest.manifest.JsonPodCodec;
import dev.slipway.ingest.repair.Disorder;
import dev.slipway.ingest.repair.Disorder.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A feed without keys and without order, over several partitions, with repetitions, gaps and an
 * expired watch, and a service that fails and is started anew half-way: the end is that of the
 * ordered feed, and what was written and counted is what an undisturbed service writes and counts.
 */
@Timeout(120)
final class DisorderOnKafkaTest {
  private static final int PODS = 600;
  private static final int PARTITIONS = 4;
  private static final long BEGIN_MILLIS = 1_700_000_000_000L;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static EmbeddedBroker broker;

  private final JsonPodCodec codec = new JsonPodCodec();

  @BeforeAll
  static void startBroker() throws IOException {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void disorderedFeedEndsInTheStateOfTheOrderedOne() throws InterruptedException {
    ServiceSettings settings =
        ServiceSettings.of(broker.bootstrapServers(), "wild").withPrefix("wild.");
    var disorder = new Disorder(3);
    List<Entry> ordered = disorder.ordered(PODS);
    feed(settings, disordered(disorder, ordered));
    int partitions = ServiceTopics.createRekeyed(settings);
    ServiceSettings rekeyed = settings.rekeyed();
    ServiceTopics.create(rekeyed);

    // Each of the two loops fails once, and the service is started a second time.
    var rekeying = RekeyShard.factory(partitions, ObserveListener.NONE);
    try (StreamService first = StreamService.start(settings.rekeying(), failing(rekeying, 900));
        StreamService second = StreamService.start(rekeyed, failing(observing(), 700))) {
      await(() -> second.stats().records() > 1_200);
      assertThat(first.stats().sessions()).isEqualTo(2);
      assertThat(second.stats().sessions()).isEqualTo(2);
    }
    try (StreamService first = StreamService.start(settings.rekeying(), rekeying);
        StreamService second = StreamService.start(rekeyed, observing())) {
      awaitRest(first, second);
    }
    assertThat(pods(rekeyed)).isEqualTo(texts(Disorder.state(ordered, ordered.size())));
    Map<String, Long> counted = anomalies(rekeyed);
    assertThat(counted).containsEntry("WATCH_EXPIRED", 1L);
    assertThat(counted.get("ABSENT_FROM_LIST")).isPositive();
    assertThat(counted.get("DUPLICATE")).isPositive();
    assertThat(counted.get("LATE_VERSION")).isPositive();

    ServiceSettings calm =
        ServiceSettings.of(broker.bootstrapServers(), settings.rekeyedTopic()).withPrefix("calm.");
    ServiceTopics.create(calm);
    try (StreamService undisturbed = StreamService.start(new Calm(calm).settings(), observing())) {
      awaitRest(undisturbed);
    }
    assertThat(anomalies(calm)).isEqualTo(counted);
    for (Output output : List.of(Output.POD_STATUS, Output.TRANSITIONS, Output.FINDINGS)) {
      assertThat(byKey(rekeyed, output)).as(output.name()).isEqualTo(byKey(calm, output));
    }
  }

  /** Another group over the same feed. */
  private record Calm(ServiceSettings usual) {
    ServiceSettings settings() {
      return new ServiceSettings(
          usual.bootstrapServers(),
          usual.feedTopic(),
          "calm",
          usual.prefix(),
          "",
          1,
          usual.commitEvery(),
          Map.of());
    }
  }

  private Shard.Factory observing() {
    return partition ->
        new ObserveShard(partition, codec, ObserveSettings.DEFAULT, ObserveListener.NONE);
  }

  /** The same shards, one of which fails at that record, counted over all, and only once. */
  private static Shard.Factory failing(Shard.Factory shards, long at) {
    var count = new AtomicLong();
    return new Shard.Factory() {
      @Override
      public Shard create(int partition) {
        Shard shard = shards.create(partition);
        return new Shard() {
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
            shard.process(record, out);
            if (count.incrementAndGet() == at) {
              throw new IllegalStateException("fails once, as asked for");
            }
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
          public int size() {
            return shard.size();
          }
        };
      }

      @Override
      public boolean keepsState() {
        return shards.keepsState();
      }
    };
  }

  /** Updates missing, a part of the feed lost to an expired watch, duplicates. */
  private static List<byte[]> disordered(Disorder disorder, List<Entry> ordered) {
    int lostFrom = ordered.size() / 3;
    int lostTo = lostFrom + 300;
    List<byte[]> feed = new ArrayList<>();
    disorder
        .withDuplicates(disorder.withoutSomeUpdates(ordered.subList(0, lostFrom)))
        .forEach(entry -> feed.add(entry.bytes()));
    feed.add(Disorder.expired());
    String version = ordered.get(lostTo - 1).version();
    feed.add(Disorder.list(Disorder.state(ordered, lostTo), version));
    disorder
        .withDuplicates(disorder.withoutSomeUpdates(ordered.subList(lostTo, ordered.size())))
        .forEach(entry -> feed.add(entry.bytes()));
    return feed;
  }

  /** A millisecond from record to record, and any partition for each. */
  private static void feed(ServiceSettings settings, List<byte[]> records) {
    ServiceTopics.createFeed(settings, PARTITIONS);
    var random = new SplittableRandom(5);
    var serializer = new ByteArraySerializer();
    Map<String, Object> client =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    try (var producer = new KafkaProducer<byte[], byte[]>(client, serializer, serializer)) {
      for (int i = 0; i < records.size(); i++) {
        producer.send(
            new ProducerRecord<>(
                settings.feedTopic(),
                random.nextInt(PARTITIONS),
                BEGIN_MILLIS + i,
                null,
                records.get(i)));
      }
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    while (!condition.holds()) {
      Thread.sleep(20);
    }
  }

  /** Until nothing has come for so long that what is told in a rest is told. */
  private static void awaitRest(StreamService... services) throws InterruptedException {
    long before = -1;
    int still = 0;
    while (still < 12) {
      long transactions = 0;
      boolean caughtUp = true;
      for (StreamService service : services) {
        transactions += service.stats().transactions();
        caughtUp &= service.stats().caughtUp() && service.stats().lag() == 0;
        assertThat(service.failure()).isEmpty();
      }
      still = caughtUp && transactions == before ? still + 1 : 0;
      before = transactions;
      Thread.sleep(250);
    }
  }

  private Map<String, String> texts(Map<String, Pod> pods) {
    Map<String, String> texts = new TreeMap<>();
    pods.forEach((uid, pod) -> texts.put(uid, text(codec.encode(pod))));
    return texts;
  }

  private static Map<String, String> pods(ServiceSettings settings) {
    Map<String, String> last = new TreeMap<>();
    byKey(settings, Output.POD_STATUS)
        .forEach((key, values) -> {
          if (!values.getLast().isEmpty()) {
            last.put(key, values.getLast());
          }
        });
    return last;
  }

  private static Map<String, Long> anomalies(ServiceSettings settings) {
    Map<String, Long> sums = new TreeMap<>();
    byKey(settings, Output.TOTALS)
        .forEach((key, values) -> {
          if (key.endsWith("/anomalies/")) {
            tree(values.getLast())
                .path("counts")
                .properties()
                .forEach(count -> sums.merge(count.getKey(), count.getValue().asLong(), Long::sum));
          }
        });
    return sums;
  }

  private static JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a reader of committed records sees of a topic, by key; a tombstone is empty. */
  private static Map<String, List<String>> byKey(ServiceSettings settings, Output output) {
    Map<String, List<String>> values = new TreeMap<>();
    for (var record : Committed.read(settings.bootstrapServers(), settings.topic(output))) {
      values
          .computeIfAbsent(record.key(), _ -> new ArrayList<>())
          .add(record.value() == null ? "" : record.value());
    }
    return values;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
