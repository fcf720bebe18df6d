package dev.slipway.ingest.service;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.GroupTotals;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedShard;
import dev.slipway.engine.observe.ObservedTransition;
import dev.slipway.engine.observe.PodSnapshot;
import dev.slipway.engine.observe.ShardSink;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.feed.PodCodec;
import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ingest.format.Action;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.Outcome;
import dev.slipway.ingest.format.PodRef;
import dev.slipway.ingest.format.RecordDecoder;
import dev.slipway.ingest.format.RecordHeaders;
import dev.slipway.ingest.format.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Observe mode for one partition: versions of pods in; status, transitions, findings and totals
 * out. What a record writes depends on the records before it and on nothing else, so it does not
 * matter where batches begin and end.
 */
public final class ObserveShard implements Shard {
  /** The changelog's own record: the feed's clock. No identity of a pod begins with a blank. */
  private static final byte[] CLOCK = " clock".getBytes(StandardCharsets.US_ASCII);

  /** A quarter of what one record may hold, so that key, value and headers fit. */
  private static final int LETTER_BYTES_MAX = 1024 * 1024;

  private final int partition;
  private final RecordDecoder decoder = RecordDecoder.create();
  private final PodCodec codec;
  private final ObserveListener listener;
  private final OutputJson json = new OutputJson();
  private final ObservedShard shard;

  /** Pods whose snapshot is to be written, null: forgotten; in the order they changed. */
  private final Map<String, @Nullable ObservedPod> dirty = new LinkedHashMap<>();

  private long savedClock = Times.NONE;
  private long restoredClock = Times.NONE;
  private long recordTime;
  private @Nullable Outbox out;

  public ObserveShard(
      int partition, PodCodec codec, ObserveSettings settings, ObserveListener listener) {
    this.partition = partition;
    this.codec = codec;
    this.listener = listener;
    this.shard = new ObservedShard(settings, new Sink());
    listener.dropped(partition);
  }

  @Override
  public void restore(byte[] key, byte @Nullable [] value) {
    if (Arrays.equals(key, CLOCK)) {
      restoredClock = value == null ? Times.NONE : ByteBuffer.wrap(value).getLong();
    } else if (value == null) {
      shard.restoreGone(text(key));
      listener.snapshot(partition, text(key), null);
    } else {
      shard.restore(shard.decode(value));
      listener.snapshot(partition, text(key), value);
    }
  }

  @Override
  public void restored() {
    shard.restored(restoredClock);
    savedClock = restoredClock;
    shard.pods().forEach(listener::changed);
  }

  @Override
  public void process(ConsumerRecord<byte[], byte[]> record, Outbox outbox) {
    out = outbox;
    recordTime = record.timestamp() * Times.MILLI;
    byte[] key = record.key();
    if (record.value() == null && key != null) {
      // A tombstone, as compacted topics of objects have them.
      gone(text(key), recordTime);
      out = null;
      return;
    }
    Outcome outcome = decoder.decode(record.value(), headers(record), this::event);
    if (outcome instanceof Refused refusal) {
      refused(record, refusal.why());
    }
    out = null;
  }

  private static RecordHeaders headers(ConsumerRecord<byte[], byte[]> record) {
    return name -> {
      Header header = record.headers().lastHeader(name);
      return header == null || header.value() == null ? "" : text(header.value());
    };
  }

  /** Other objects, hints and reports say nothing about versions of pods. */
  private void event(FeedEvent event) {
    switch (event) {
      case FeedEvent.PodSeen seen when seen.action() == Action.DELETED ->
          gone(seen.pod(), recordTime);
      case FeedEvent.PodSeen seen -> version(seen.pod(), recordTime);
      case FeedEvent.PodDeleted deleted -> gone(deleted.pod(), recordTime);
      case FeedEvent.PodBound _,
          FeedEvent.ListBegun _,
          FeedEvent.ListEnded _,
          FeedEvent.Bookmark _,
          FeedEvent.WatchFailed _,
          FeedEvent.ObjectSeen _,
          FeedEvent.Hint _,
          FeedEvent.RuntimeSeen _,
          FeedEvent.Skipped _ -> {}
    }
  }

  private void gone(PodRef ref, long at) {
    gone(ref.uid().isEmpty() ? ref.key() : ref.uid(), at);
  }

  private void gone(String identity, long at) {
    if (shard.gone(identity, at)) {
      outbox().write(Output.POD_STATUS, bytes(identity), null);
    }
  }

  private void version(Pod pod, long at) {
    if (shard.version(pod, at)) {
      outbox().write(Output.POD_STATUS, bytes(FeedRecord.identityOf(pod)), codec.encode(pod));
    }
  }

  private void gone(Pod pod, long at) {
    if (shard.gone(pod, at)) {
      outbox().write(Output.POD_STATUS, bytes(FeedRecord.identityOf(pod)), null);
    }
  }

  private Outbox outbox() {
    Outbox current = out;
    if (current == null) {
      throw new IllegalStateException("a shard writes only while it is given something");
    }
    return current;
  }

  private void refused(ConsumerRecord<byte[], byte[]> record, Rejected rejected) {
    List<Header> headers =
        List.of(
            header("slipway-reason", rejected.reason().name()),
            header("slipway-detail", rejected.detail()),
            header("slipway-position", Long.toString(rejected.position())),
            header(
                "slipway-source",
                record.topic() + "/" + record.partition() + "/" + record.offset()));
    outbox().write(Output.DEAD_LETTERS, cut(record.key()), cut(record.value()), headers);
    listener.refused(rejected);
  }

  private static byte @Nullable [] cut(byte @Nullable [] bytes) {
    return bytes == null || bytes.length <= LETTER_BYTES_MAX
        ? bytes
        : Arrays.copyOf(bytes, LETTER_BYTES_MAX);
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, bytes(value));
  }

  @Override
  public void save(Outbox outbox) {
    dirty.forEach((identity, pod) -> {
      byte[] snapshot = pod == null ? null : PodSnapshot.encode(pod);
      outbox.write(Output.POD_STATE, bytes(identity), snapshot);
      listener.snapshot(partition, identity, snapshot);
    });
    dirty.clear();
    if (shard.clock() != savedClock) {
      savedClock = shard.clock();
      byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(savedClock).array();
      outbox.write(Output.POD_STATE, CLOCK, value);
    }
  }

  @Override
  public void idle(Outbox outbox) {
    out = outbox;
    shard.tellTotals();
    out = null;
  }

  @Override
  public void dropped() {
    listener.dropped(partition);
  }

  @Override
  public int size() {
    return shard.pods().size();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private final class Sink implements ShardSink {
    @Override
    public void transition(ObservedPod pod, ObservedTransition transition) {
      outbox().write(Output.TRANSITIONS, bytes(pod.identity()), json.transition(pod, transition));
      listener.transition(pod, transition);
    }

    @Override
    public void finding(ObservedPod pod, Finding finding) {
      outbox().write(Output.FINDINGS, bytes(pod.identity()), json.finding(pod, finding));
      listener.finding(pod, finding);
    }

    @Override
    public void readyFirst(ObservedPod pod) {
      outbox().write(Output.TRANSITIONS, bytes(pod.identity()), json.stages(pod));
      listener.readyFirst(pod);
    }

    @Override
    public void changed(ObservedPod pod) {
      dirty.put(pod.identity(), pod);
      listener.changed(pod);
    }

    @Override
    public void forgotten(ObservedPod pod) {
      dirty.put(pod.identity(), null);
      listener.forgotten(pod);
    }

    @Override
    public void totals(GroupTotals totals) {
      outbox()
          .write(Output.TOTALS, key(totals.group(), totals.name()), json.totals(partition, totals));
      listener.totals(partition, totals);
    }

    @Override
    public void totalsGone(String group, String name) {
      outbox().write(Output.TOTALS, key(group, name), null);
      listener.totalsGone(partition, group, name);
    }

    private byte[] key(String group, String name) {
      return bytes(partition + "/" + group + "/" + name);
    }
  }
}
