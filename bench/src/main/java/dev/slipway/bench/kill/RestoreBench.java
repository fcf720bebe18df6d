package dev.slipway.bench.kill;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.ingest.feed.FeedEncoder;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.feed.FeedRecords;
import dev.slipway.ingest.format.PodRecords;
import dev.slipway.ingest.kafka.EmbeddedBroker;
import dev.slipway.ingest.manifest.JsonPodCodec;
import dev.slipway.ingest.service.ObserveListener;
import dev.slipway.ingest.service.ObserveShard;
import dev.slipway.ingest.service.Outbox;
import dev.slipway.ingest.service.Output;
import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ingest.service.ServiceStats;
import dev.slipway.ingest.service.ServiceTopics;
import dev.slipway.ingest.service.StreamService;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * How long the service takes to have its pods back: a changelog of so many pods, made of real
 * snapshots of the demo's workloads in all stages of their lives, is read until every shard is
 * ready, timers armed. Broker and service share this process.
 */
public final class RestoreBench {
  private static final int TEMPLATES = 400;

  /** Pods that go through one shard on their way into the changelog. */
  private static final int SHARD_PODS = 10_000;

  private static final long POLL_MILLIS = 20;
  private static final long SECONDS_MAX = 600;

  /** What the first collection frees may hold what the next one frees. */
  private static final int COLLECTIONS = 3;

  /**
   * What was measured.
   *
   * @param bytes of all snapshots
   * @param seconds from the start of the service until the last partition is ready
   * @param heapPerPod bytes the heap grew by, garbage collected, for each pod
   */
  public record Report(
      long pods, int partitions, int threads, long bytes, double seconds, long heapPerPod) {}

  private RestoreBench() {}

  /** Runs it. */
  public static Report run(int pods, int partitions, int threads, PrintWriter err)
      throws IOException, InterruptedException {
    List<Pod> templates = templates();
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      ServiceSettings usual = ServiceSettings.of(broker.bootstrapServers(), "feed");
      ServiceSettings settings = usual.withThreads(threads);
      ServiceTopics.createFeed(settings, partitions);
      ServiceTopics.create(settings);
      long bytes = changelog(settings, templates, pods, partitions);
      err.println(String.format(Locale.ROOT, "a changelog of %,d pods, %,d bytes", pods, bytes));
      err.flush();
      var codec = new JsonPodCodec();
      long before = heap();
      long began = System.nanoTime();
      try (StreamService service =
          StreamService.start(
              settings,
              partition ->
                  new ObserveShard(
                      partition, codec, ObserveSettings.DEFAULT, ObserveListener.NONE))) {
        awaitRestored(service, pods, partitions, began);
        double seconds = (System.nanoTime() - began) / (double) Times.SECOND;
        long perPod = Math.max(0, heap() - before) / pods;
        return new Report(pods, partitions, threads, bytes, seconds, perPod);
      }
    }
  }

  private static long heap() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    for (int k = 0; k < COLLECTIONS; k++) {
      System.gc();
      Thread.sleep(POLL_MILLIS);
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void awaitRestored(StreamService service, int pods, int partitions, long began)
      throws InterruptedException {
    ServiceStats stats = service.stats();
    while (stats.partitions() < partitions || stats.restoring() > 0 || stats.keys() < pods) {
      Thread.sleep(POLL_MILLIS);
      stats = service.stats();
      if (System.nanoTime() - began > SECONDS_MAX * Times.SECOND) {
        throw new IllegalStateException("the pods did not come back: " + stats);
      }
    }
  }

  /** The last versions of pods that live through the kill bench's feed. */
  private static List<Pod> templates() throws IOException {
    var decoder = new PodRecords();
    Map<String, Pod> last = new LinkedHashMap<>();
    for (LivesFeed.Line line : LivesFeed.of(TEMPLATES, 1)) {
      if (decoder.decode(line.value()) instanceof FeedRecords(List<FeedRecord> records)) {
        for (FeedRecord record : records) {
          if (record.pod().status() != PodStatus.EMPTY) {
            last.put(line.key(), record.pod());
          }
        }
      }
    }
    return new ArrayList<>(last.values());
  }

  private static long changelog(
      ServiceSettings settings, List<Pod> templates, int pods, int partitions) {
    var serializer = new ByteArraySerializer();
    Map<String, Object> client =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            settings.bootstrapServers(),
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 * 1024,
            ProducerConfig.LINGER_MS_CONFIG,
            20);
    var encoder = new FeedEncoder(new JsonPodCodec());
    long bytes = 0;
    try (var producer = new KafkaProducer<byte[], byte[]>(client, serializer, serializer)) {
      String topic = Output.POD_STATE.topic(settings.prefix());
      for (int first = 0; first < pods; first += SHARD_PODS) {
        var states = new States();
        var shard =
            new ObserveShard(0, new JsonPodCodec(), ObserveSettings.DEFAULT, ObserveListener.NONE);
        for (int k = first; k < Math.min(pods, first + SHARD_PODS); k++) {
          Pod pod = named(templates.get(k % templates.size()), k);
          byte[] record = encoder.encode(new FeedRecord.Modified(pod));
          shard.process(new ConsumerRecord<>(settings.feedTopic(), 0, k, null, record), states);
        }
        shard.save(states);
        for (States.State state : states.pods) {
          bytes += state.value().length;
          int partition = Math.floorMod(Arrays.hashCode(state.key()), partitions);
          producer.send(new ProducerRecord<>(topic, partition, state.key(), state.value()));
        }
      }
      producer.flush();
    }
    return bytes;
  }

  private static Pod named(Pod pod, int number) {
    ObjectMeta meta = pod.metadata();
    String name = meta.name() + "-" + number;
    return new Pod(
        new ObjectMeta(
            name,
            meta.namespace(),
            "%08x-0000-4000-8000-000000000000".formatted(number),
            meta.generation(),
            meta.resourceVersion(),
            meta.labels(),
            meta.annotations(),
            meta.ownerReferences(),
            meta.finalizers(),
            meta.creationTimestamp(),
            meta.deletionTimestamp(),
            meta.deletionGracePeriodSeconds()),
        pod.spec(),
        pod.status());
  }

  /** Keeps what a shard writes of its pods to the changelog. */
  private static final class States implements Outbox {
    private final List<State> pods = new ArrayList<>();

    private record State(byte[] key, byte[] value) {}

    @Override
    public void write(Output output, byte[] key, byte @Nullable [] value) {
      if (output == Output.POD_STATE && value != null && key[0] != ' ') {
        pods.add(new State(key, value));
      }
    }

    @Override
    public void write(
        Output output, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
      throw new IllegalStateException("a pod of a template was refused");
    }

    @Override
    public void forward(
        int partition,
        long timestampMillis,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Iterable<Header> headers) {
      throw new IllegalStateException("a shard that observes hands nothing on");
    }
  }
}
