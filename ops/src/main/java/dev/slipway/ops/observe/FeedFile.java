package dev.slipway.ops.observe;

import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.FeedLimits;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.RecordDecoder;
import dev.slipway.ingest.service.JsonDocuments;
import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ingest.service.VersionTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes recorded documents to Kafka as they are: keyed by the pod, with the time of their
 * recording, at its speed or faster.
 */
public final class FeedFile {
  /** A second of sleep at a time: an interrupt is noticed. */
  private static final long NAP_MILLIS = 1_000;

  private final ServiceSettings settings;
  private final Pace pace;
  private final RecordDecoder decoder = RecordDecoder.create();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /** The latest time so far: that of what has none itself, and what the speed goes by. */
  private long clock = Times.NONE;

  /** The time the document has been given by its source or its recorder. */
  private long own = Times.NONE;

  /** The latest time in the pods of the document. */
  private long told = Times.NONE;

  private String key = "";
  private volatile boolean stopped;

  /**
   * A publication.
   *
   * @param speed how many seconds of the recording pass in one, 0: as fast as it goes
   */
  public FeedFile(ServiceSettings settings, double speed) {
    this.settings = settings;
    this.pace = new Pace(speed, System::nanoTime);
  }

  public void stop() {
    stopped = true;
  }

  /** Publishes all documents; gives how many. Unreadable ones go too: they are part of the feed. */
  public long run(InputStream in) throws IOException, InterruptedException {
    var documents = new JsonDocuments(in, FeedLimits.RECORD_BYTES_MAX);
    TopicCheck.exists(settings);
    Map<String, Object> client = new HashMap<>(settings.properties());
    client.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    client.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    client.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    client.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 * 1024 * 1024);
    var serializer = new ByteArraySerializer();
    long count = 0;
    try (var producer = new KafkaProducer<byte[], byte[]>(client, serializer, serializer)) {
      for (byte[] document = documents.next();
          document != null && !stopped && failure.get() == null;
          document = documents.next()) {
        long time = timeOf(document);
        await();
        publish(producer, document, time);
        count++;
      }
      producer.flush();
    }
    Exception failed = failure.get();
    if (failed != null) {
      throw new IOException("a record was not taken: " + failed.getMessage(), failed);
    }
    return count;
  }

  /** When the document came: what its source says of it, else its recorder, else its pods. */
  private long timeOf(byte[] document) {
    key = "";
    own = Times.NONE;
    told = Times.NONE;
    decoder.decode(document, this::event);
    own = own == Times.NONE ? RecordedTime.of(document) : own;
    clock = Math.max(clock, own == Times.NONE ? told : own);
    return own == Times.NONE ? clock : own;
  }

  private void event(FeedEvent event) {
    own = Math.max(own, event.atNanos());
    if (event instanceof FeedEvent.PodSeen seen) {
      told = Math.max(told, VersionTime.of(seen.pod()));
      key = key.isEmpty() ? FeedRecord.identityOf(seen.pod()) : key;
    } else if (event instanceof FeedEvent.PodDeleted gone) {
      key = gone.pod().uid().isEmpty() ? gone.pod().key() : gone.pod().uid();
    }
  }

  private void await() throws InterruptedException {
    for (long left = pace.left(clock); left > 0 && !stopped; left = pace.left(clock)) {
      Thread.sleep(Math.min(NAP_MILLIS, 1 + TimeUnit.NANOSECONDS.toMillis(left)));
    }
  }

  private void publish(KafkaProducer<byte[], byte[]> producer, byte[] document, long nanos) {
    byte[] bytes = key.isEmpty() ? null : key.getBytes(StandardCharsets.UTF_8);
    Long time = nanos == Times.NONE ? null : Long.valueOf(Math.max(0, nanos / Times.MILLI));
    producer.send(
        new ProducerRecord<>(settings.feedTopic(), null, time, bytes, document),
        (_, failed) -> {
          if (failed != null) {
            failure.compareAndSet(null, failed);
          }
        });
  }
}
