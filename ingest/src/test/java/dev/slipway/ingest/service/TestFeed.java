package dev.slipway.ingest.service;

import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.ingest.manifest.JsonPodCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A feed topic and pods with a few versions each. */
final class TestFeed {
  private static final JsonPodCodec CODEC = new JsonPodCodec();
  private static final long BEGIN_MILLIS = 1_750_000_000_000L;

  private final String servers;
  private final String name;
  private final int partitions;
  private long clock = BEGIN_MILLIS;
  private int version = 100;

  TestFeed(String servers, String name, int partitions) {
    this.servers = servers;
    this.name = name;
    this.partitions = partitions;
    ServiceTopics.createFeed(settings(name), partitions);
  }

  /** Of a service that writes topics of that prefix. */
  ServiceSettings settings(String prefix) {
    return new ServiceSettings(
        servers,
        name + ".feed",
        prefix + ".group",
        prefix + ".",
        "",
        1,
        Duration.ofMillis(100),
        Map.of());
  }

  static Shard observe(int partition) {
    return new ObserveShard(partition, CODEC, ObserveSettings.DEFAULT, ObserveListener.NONE);
  }

  KafkaProducer<byte[], byte[]> producer() {
    var serializer = new ByteArraySerializer();
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers, "max.request.size", 4 * 1024 * 1024),
        serializer,
        serializer);
  }

  ProducerRecord<byte[], byte[]> record(int pod, byte @Nullable [] key, byte @Nullable [] value) {
    clock += 10;
    return new ProducerRecord<>(name + ".feed", pod % partitions, clock, key, value);
  }

  /** Three versions of each pod, the later ones as long as given. */
  void write(int pods, int annotationChars) {
    try (var producer = producer()) {
      for (String phase : new String[] {"Pending", "Running", "Succeeded"}) {
        for (int pod = 0; pod < pods; pod++) {
          producer.send(
              record(
                  pod,
                  ("u-" + pod).getBytes(StandardCharsets.UTF_8),
                  watch("MODIFIED", "u-" + pod, phase, annotationChars)));
        }
      }
    }
  }

  /** A watch line of a pod; its text does not compress to nothing. */
  byte[] watch(String type, String uid, String phase, int annotationChars) {
    version++;
    StringBuilder filler = new StringBuilder();
    for (int k = version; filler.length() < annotationChars; k = 31 * k + 17) {
      filler.append(Integer.toHexString(k));
    }
    return """
    {"type":"%s","object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"pod-%s",\
    "namespace":"shop","uid":"%s","resourceVersion":"%d","annotations":{"filler":"%s"}},\
    "spec":{"nodeName":"node-1","containers":[{"name":"app","image":"app:1"}]},\
    "status":{"phase":"%s"}}}\
    """
        .formatted(type, uid, uid, version, filler, phase)
        .getBytes(StandardCharsets.UTF_8);
  }
}
