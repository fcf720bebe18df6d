package dev.slipway.bench.feed;

import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.Format;
import dev.slipway.ingest.format.RecordDecoder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does one record cost from bytes to event, format by format? Records of {@link WatchFeed},
 * the next one with each operation; {@link Fabric8} reads the same watch records with fabric8's
 * model.
 *
 * <p>{@code ./slipway bench jmh FeedDecodeBenchmark -prof gc}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseCompactObjectHeaders", "-Xmx3g"})
public class FeedDecodeBenchmark {
  @Param({
    "WATCH",
    "OBJECT",
    "LIST",
    "AUDIT",
    "CLOUD_EVENT",
    "SCHEDULER_SIMULATOR",
    "OTLP",
    "CORE_EVENT",
    "KWOK",
    "CONTAINER_EVENT",
    "RUNTIME_REPORT"
  })
  Format format = Format.WATCH;

  private final RecordDecoder decoder = RecordDecoder.create();
  private List<byte[]> records = List.of();
  private int next;
  private long events;

  @Setup
  public void setup() {
    records = FormatRecords.of(format);
  }

  @Benchmark
  public long decode() {
    byte[] record = records.get(next);
    next = next + 1 == records.size() ? 0 : next + 1;
    if (decoder.decode(record, this::count) != format) {
      throw new IllegalStateException("not read as " + format);
    }
    return events;
  }

  private void count(FeedEvent event) {
    events += event.atNanos() == 0 ? 0 : 1;
  }

  /** Fabric8's model of the same watch records. */
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  @State(Scope.Thread)
  @Fork(
      value = 1,
      jvmArgsAppend = {"-XX:+UseCompactObjectHeaders", "-Xmx3g"})
  public static class Fabric8 {
    private final KubernetesSerialization serialization = new KubernetesSerialization();
    private List<byte[]> records = List.of();
    private int next;

    @Setup
    public void setup() {
      records = FormatRecords.of(Format.WATCH);
    }

    @Benchmark
    public Object decode() {
      byte[] record = records.get(next);
      next = next + 1 == records.size() ? 0 : next + 1;
      return serialization
          .unmarshal(new ByteArrayInputStream(record), WatchEvent.class)
          .getObject();
    }
  }
}
