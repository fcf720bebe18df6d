package dev.slipway.bench.feed;

import dev.slipway.engine.api.Times;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.Format;
import dev.slipway.ingest.format.RecordDecoder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.util.List;

/**
 * Reads records that lie in memory by {@link RecordDecoder} and by fabric8's model, in turn, on one
 * thread; the best of the rounds counts for each.
 */
final class InMemory {
  private final List<byte[]> records;
  private final long bytes;
  private final RecordDecoder decoder = RecordDecoder.create();
  private final KubernetesSerialization model = new KubernetesSerialization();
  private long decodedNanos = Long.MAX_VALUE;
  private long modelledNanos = Long.MAX_VALUE;
  private long events;

  InMemory(List<byte[]> records) {
    this.records = records;
    this.bytes = records.stream().mapToLong(record -> record.length).sum();
  }

  /** Reads all records by both, so many times after a first time that does not count. */
  void run(int rounds) {
    for (int i = 0; i <= rounds; i++) {
      long begin = System.nanoTime();
      decode();
      long between = System.nanoTime();
      readModel();
      long end = System.nanoTime();
      if (i > 0) {
        decodedNanos = Math.min(decodedNanos, between - begin);
        modelledNanos = Math.min(modelledNanos, end - between);
      }
    }
  }

  double decodeBytesPerSecond() {
    return bytes * (double) Times.SECOND / decodedNanos;
  }

  double modelBytesPerSecond() {
    return bytes * (double) Times.SECOND / modelledNanos;
  }

  private void decode() {
    for (byte[] each : records) {
      if (decoder.decode(each, this::count) != Format.WATCH) {
        throw new IllegalStateException("not read as a watch record");
      }
    }
  }

  private void count(FeedEvent event) {
    events += event.atNanos() == 0 ? 0 : 1;
  }

  private void readModel() {
    for (byte[] each : records) {
      WatchEvent event = model.unmarshal(new ByteArrayInputStream(each), WatchEvent.class);
      events += event.getObject() == null ? 0 : 1;
    }
  }
}
