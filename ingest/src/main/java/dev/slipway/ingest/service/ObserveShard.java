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
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.ObjectKind;
import dev.slipway.ingest.format.Outcome;
import dev.slipway.ingest.format.PodRef;
import dev.slipway.ingest.format.RecordDecoder;
import dev.slipway.ingest.format.Refused;
import dev.slipway.ingest.kafka.KafkaRecords;
import dev.slipway.ingest.repair.FeedRepair;
import dev.slipway.ingest.repair.Gone;
import dev.slipway.ingest.repair.RepairLimits;
import dev.slipway.ingest.repair.RepairedSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Observe mode for one partition: versions of pods in; status, transitions, findings and totals
 * out. What a record writes depends on the records before it and on nothing else, so it does not
 * matter where batches begin and end.
 */
public final class ObserveShard implements Shard {
  /** What the changelog's own records begin with: no identity of a pod begins with a blank. */
  private static final String OWN = " ";

  /** Objects that patches of a recording build on. */
  private static final String RECORDING = OWN + "recording/";

  private static final byte[] CLOCK = (OWN + "clock").getBytes(StandardCharsets.US_ASCII);

  /** How often anomalies are told, in the feed's time; as totals are. */
  private static final long ANOMALIES_EVERY = 10 * Times.SECOND;

  private static final byte[] NOTHING = {};

  private final int partition;
  private final RecordDecoder decoder = RecordDecoder.create();
  private final PodCodec codec;
  private final ObserveListener listener;
  private final OutputJson json = new OutputJson();
  private final RepairLimits limits;
  private final FeedRepair repair;
  private final ObservedShard shard;
  private final Story story = new Story();

  /** Pods of which something is to be written, by identity, in the order they changed. */
  private final LinkedHashSet<String> dirty = new LinkedHashSet<>();

  /** Anomalies told last, and the tick of the feed's clock that was in. */
  private long toldAnomalies;

  private long toldTick = Long.MIN_VALUE;
  private long savedClock = Times.NONE;
  private long restoredClock = Times.NONE;
  private long recordTime;

  /** How the record was shared out. */
  private Shares share = Shares.WHOLE;

  private @Nullable Outbox out;

  /** A shard that puts its feed right without holding anything back. */
  public ObserveShard(
      int partition, PodCodec codec, ObserveSettings settings, ObserveListener listener) {
    this(partition, codec, settings, RepairLimits.DEFAULT, listener);
  }

  /** A shard with those bounds of its repair. */
  public ObserveShard(
      int partition,
      PodCodec codec,
      ObserveSettings settings,
      RepairLimits limits,
      ObserveListener listener) {
    this.partition = partition;
    this.codec = codec;
    this.limits = limits;
    this.listener = listener;
    this.repair = FeedRepair.create(limits, listener::anomaly);
    this.shard = new ObservedShard(settings, new Sink());
  }

  @Override
  public void restore(byte[] key, byte @Nullable [] value) {
    String name = text(key);
    if (Arrays.equals(key, CLOCK)) {
      restoredClock = value == null ? Times.NONE : ByteBuffer.wrap(value).getLong();
    } else if (name.startsWith(RECORDING)) {
      decoder.restore(name.substring(RECORDING.length()), value);
    } else if (name.startsWith(OWN)) {
      repair.restore(name.substring(OWN.length()), value);
    } else if (value == null) {
      shard.restoreGone(name);
      listener.snapshot(partition, name, null);
      repair.restoreTrack(new PodRef(name, "", ""), null);
    } else {
      restore(name, PodState.decode(value));
    }
  }

  private void restore(String identity, PodState state) {
    PodRef ref = new PodRef(identity, "", "");
    if (state.snapshot().length == 0) {
      shard.restoreGone(identity);
      listener.snapshot(partition, identity, null);
    } else {
      ObservedPod pod = shard.decode(state.snapshot());
      shard.restore(pod);
      listener.snapshot(partition, identity, state.snapshot());
      ref = new PodRef(pod.uid(), pod.namespace(), pod.name());
    }
    repair.restoreTrack(ref, state.track());
  }

  @Override
  public void restored() {
    repair.restored();
    toldAnomalies = -1;
    shard.restored(restoredClock);
    savedClock = restoredClock;
    shard.pods().forEach(listener::changed);
  }

  @Override
  public void process(ConsumerRecord<byte[], byte[]> record, Outbox outbox) {
    out = outbox;
    recordTime = record.timestamp() * Times.MILLI;
    share = Shares.of(record);
    repair.from(share.source());
    shard.advance(recordTime);
    byte[] key = record.key();
    if (record.value() == null && key != null) {
      event(KafkaRecords.tombstone(key));
    } else {
      Outcome outcome = decoder.decode(record.value(), KafkaRecords.headers(record), this::event);
      if (outcome instanceof Refused refusal) {
        outbox.refuse(record, refusal.why());
        listener.refused(refusal.why());
      }
    }
    long tick = Math.floorDiv(shard.clock(), ANOMALIES_EVERY);
    if (tick != toldTick) {
      toldTick = tick;
      tellAnomalies();
    }
    out = null;
  }

  private void event(FeedEvent event) {
    if (share.partitions() == 0) {
      if (isAboutAllPods(event)) {
        listener.aboutAllPods();
      }
      repair.accept(event, recordTime, story);
      return;
    }
    Optional<String> key = Shares.key(event);
    if (key.isPresent()
        ? Shares.partition(key.get(), share.partitions()) == partition
        : partition == 0) {
      repair.accept(event, recordTime, story);
    } else if (key.isEmpty()) {
      repair.acceptCopy(event, recordTime, story);
    }
  }

  private static boolean isAboutAllPods(FeedEvent event) {
    return switch (event) {
      case FeedEvent.ListBegun begun -> begun.kind() == ObjectKind.POD;
      case FeedEvent.WatchFailed failed -> failed.expired();
      default -> false;
    };
  }

  private void tellAnomalies() {
    long total = repair.anomalies().total();
    if (total != toldAnomalies) {
      toldAnomalies = total;
      byte[] value = json.anomalies(partition, repair.anomalies());
      outbox().write(Output.TOTALS, bytes(partition + "/anomalies/"), value);
    }
  }

  private Outbox outbox() {
    Outbox current = out;
    if (current == null) {
      throw new IllegalStateException("a shard writes only while it is given something");
    }
    return current;
  }

  @Override
  public void save(Outbox outbox) {
    repair.takeChanged(dirty::add);
    for (String identity : dirty) {
      ObservedPod pod = shard.get(identity);
      byte[] track = repair.track(identity).orElse(NOTHING);
      byte[] snapshot = pod == null ? NOTHING : PodSnapshot.encode(pod);
      boolean known = track.length > 0 || snapshot.length > 0;
      outbox.write(
          Output.POD_STATE, bytes(identity), known ? new PodState(track, snapshot).encode() : null);
      listener.snapshot(partition, identity, pod == null ? null : snapshot);
    }
    dirty.clear();
    decoder.save((key, value) -> outbox.write(Output.POD_STATE, bytes(RECORDING + key), value));
    repair.save((key, value) -> outbox.write(Output.POD_STATE, bytes(OWN + key), value));
    if (shard.clock() != savedClock) {
      savedClock = shard.clock();
      byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(savedClock).array();
      outbox.write(Output.POD_STATE, CLOCK, value);
    }
  }

  @Override
  public void idle(Outbox outbox) {
    out = outbox;
    if (limits.reorderNanos() > 0) {
      // The feed rests: what waits has nothing more to wait for.
      repair.flush(story);
    }
    shard.tellTotals();
    tellAnomalies();
    out = null;
  }

  @Override
  public void dropped() {
    shard.pods().forEach(listener::forgotten);
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

  /** The repaired story of each pod. Its times are those of the records. */
  private final class Story implements RepairedSink {
    @Override
    public void pod(Pod pod, boolean first, long atNanos) {
      if (shard.version(pod, recordTime)) {
        outbox().write(Output.POD_STATUS, bytes(FeedRecord.identityOf(pod)), codec.encode(pod));
      }
    }

    @Override
    public void gone(PodRef pod, @Nullable Pod last, Gone why, long atNanos) {
      boolean known =
          last == null ? shard.gone(pod.identity(), recordTime) : shard.gone(last, recordTime);
      if (known) {
        outbox().write(Output.POD_STATUS, bytes(pod.identity()), null);
      }
    }

    @Override
    public void rekeyed(String name, String uid) {
      shard.rekey(name, uid);
      outbox().write(Output.POD_STATUS, bytes(name), null);
    }
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
      dirty.add(pod.identity());
      listener.changed(pod);
    }

    @Override
    public void forgotten(ObservedPod pod) {
      dirty.add(pod.identity());
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
