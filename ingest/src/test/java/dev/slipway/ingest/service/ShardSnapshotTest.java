package dev.slipway.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedSpecs;
import dev.slipway.engine.observe.PodSnapshot;
import dev.slipway.ingest.manifest.JsonPodCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who lists pods is told what the changelog holds of them, when it is written and when read. */
final class ShardSnapshotTest {
  private static final int PARTITION = 3;
  private static final long BEGIN_MILLIS = 1_750_000_000_000L;

  private final Told told = new Told();
  private final ObserveShard shard = shard(told);
  private final Changelog changelog = new Changelog();
  private long offset;

  private static ObserveShard shard(Told told) {
    return new ObserveShard(PARTITION, new JsonPodCodec(), ObserveSettings.DEFAULT, told);
  }

  private void process(String type, String phase) {
    String json =
        """
        {"type":"%s","object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-0",
        "namespace":"shop","uid":"u-0","resourceVersion":"%d"},
        "spec":{"nodeName":"node-1","containers":[{"name":"app"}]},"status":{"phase":"%s"}}}\
        """
            .formatted(type, 100 + offset, phase);
    shard.process(
        new ConsumerRecord<>(
            "feed",
            PARTITION,
            offset,
            BEGIN_MILLIS + offset,
            TimestampType.CREATE_TIME,
            3,
            json.length(),
            "u-0".getBytes(StandardCharsets.UTF_8),
            json.getBytes(StandardCharsets.UTF_8),
            new RecordHeaders(),
            Optional.empty()),
        changelog);
    offset++;
  }

  @Test
  void theSnapshotIsToldWithTheSaveAndWithTheRestore() {
    process("ADDED", "Pending");
    assertThat(told.snapshots).as("nothing is saved yet").isEmpty();
    process("MODIFIED", "Running");
    shard.save(changelog);
    ObservedPod pod = PodSnapshot.decode(told.of("u-0"), new ObservedSpecs());
    assertThat(pod.name()).isEqualTo("web-0");
    assertThat(pod.phase()).isEqualTo(PodPhase.RUNNING);

    Told next = new Told();
    ObserveShard restored = shard(next);
    changelog.restore(restored);
    assertThat(next.snapshots).containsOnlyKeys("u-0");
    assertThat(next.of("u-0")).isEqualTo(told.of("u-0"));
  }

  @Test
  void whatIsGoneIsToldAsForgotten() {
    process("ADDED", "Running");
    shard.save(changelog);
    process("DELETED", "Running");
    shard.save(changelog);
    assertThat(told.snapshots).isEmpty();
    assertThat(told.forgotten).containsExactly("u-0");
  }

  /** Keeps what it is told. */
  private static final class Told implements ObserveListener {
    final Map<String, byte[]> snapshots = new TreeMap<>();
    final List<String> forgotten = new ArrayList<>();

    byte[] of(String identity) {
      byte[] snapshot = snapshots.get(identity);
      assertThat(snapshot).as(identity).isNotNull();
      return Objects.requireNonNull(snapshot);
    }

    @Override
    public void snapshot(int partition, String identity, byte @Nullable [] snapshot) {
      assertThat(partition).isEqualTo(PARTITION);
      if (snapshot == null) {
        snapshots.remove(identity);
        forgotten.add(identity);
      } else {
        snapshots.put(identity, snapshot);
      }
    }
  }

  /** Keeps what is written to the changelog. */
  private static final class Changelog implements Outbox {
    private record Entry(byte[] key, byte @Nullable [] value) {}

    private final List<Entry> entries = new ArrayList<>();

    void restore(ObserveShard into) {
      entries.forEach(entry -> into.restore(entry.key, entry.value));
      into.restored();
    }

    @Override
    public void write(Output output, byte[] key, byte @Nullable [] value) {
      if (output == Output.POD_STATE) {
        entries.add(new Entry(key, value));
      }
    }

    @Override
    public void write(
        Output output, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
      throw new AssertionError("no record is refused here");
    }

    @Override
    public void forward(
        int partition,
        long timestampMillis,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Iterable<Header> headers) {
      throw new AssertionError("nothing is re-keyed here");
    }
  }
}
