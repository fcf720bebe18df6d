package dev.slipway.ops.serve;

import dev.slipway.actors.EngineCommand;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.PodRef;
import dev.slipway.ingest.format.RecordDecoder;
import dev.slipway.ingest.format.Refused;
import dev.slipway.ingest.kafka.DeadLetters;
import dev.slipway.ingest.kafka.KafkaRecords;
import dev.slipway.ingest.repair.FeedRepair;
import dev.slipway.ingest.repair.Gone;
import dev.slipway.ingest.repair.RepairLimits;
import dev.slipway.ingest.repair.RepairedSink;
import dev.slipway.ingest.service.ServiceSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A feed on Kafka, in any of the known formats and put right by one repair over all its partitions.
 * It is read from its beginning each time: what is there at the start is added up first, so that
 * only pods that still are there come into being, and followed from then on.
 */
final class TopicFeed implements PodFeed {
  private static final Duration POLL_WAIT = Duration.ofMillis(100);
  private static final long FULL_WAIT_NANOS = 1_000_000L;

  private final ServiceSettings settings;
  private final boolean follow;
  private final DeadLetters letters;
  private final RefusedLines refused;
  private final StatusTopic statuses;
  private final RecordDecoder decoder = RecordDecoder.create();
  private final FeedRepair repair;

  /**
   * A feed.
   *
   * @param follow not only to where the topic ends now
   * @param statuses what was written in an earlier run: pods that have ended stay ended
   */
  TopicFeed(
      ServiceSettings settings,
      RepairLimits limits,
      boolean follow,
      DeadLetters letters,
      RefusedLines refused,
      StatusTopic statuses) {
    this.settings = settings;
    this.repair = FeedRepair.create(limits);
    this.follow = follow;
    this.letters = letters;
    this.refused = refused;
    this.statuses = statuses;
  }

  @Override
  public void run(Intake intake, Binder binder) {
    try (KafkaConsumer<byte[], byte[]> consumer = settings.reader()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(settings.feedTopic()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var backlog = new Backlog();
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      while (!ends.isEmpty() && !intake.isOver()) {
        take(consumer, backlog);
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      }
      repair.flush(backlog);
      var live = new Live(intake, binder, statuses);
      statuses.forgetAllBut(backlog.pods.keySet());
      backlog.pods.values().forEach(live::put);
      backlog.pods.clear();
      while (follow && !intake.isOver()) {
        take(consumer, live);
      }
    }
  }

  private void take(KafkaConsumer<byte[], byte[]> consumer, RepairedSink sink) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_WAIT)) {
      long arrival = record.timestamp() * Times.MILLI;
      byte[] key = record.key();
      if (record.value() == null && key != null) {
        repair.accept(KafkaRecords.tombstone(key), arrival, sink);
      } else if (decoder.decode(
              record.value(),
              KafkaRecords.headers(record),
              (FeedEvent event) -> repair.accept(event, arrival, sink))
          instanceof Refused refusal) {
        refuse(record, refusal.why());
      }
    }
  }

  private void refuse(ConsumerRecord<byte[], byte[]> record, Rejected why) {
    refused.add(record.topic() + "/" + record.partition(), record.offset(), why);
    while (!letters.offer(record, why, _ -> {})) {
      LockSupport.parkNanos(FULL_WAIT_NANOS);
    }
  }

  /** Adds up what is there. */
  private static final class Backlog implements RepairedSink {
    private final Map<String, Pod> pods = new LinkedHashMap<>();

    @Override
    public void pod(Pod pod, boolean first, long atNanos) {
      pods.put(FeedRecord.identityOf(pod), pod);
    }

    @Override
    public void gone(PodRef pod, @Nullable Pod last, Gone why, long atNanos) {
      pods.remove(pod.identity());
    }

    @Override
    public void rekeyed(String name, String uid) {
      pods.remove(name);
    }
  }

  /** Brings each change to the shards. */
  private record Live(Intake intake, Binder binder, StatusTopic statuses) implements RepairedSink {
    void put(Pod pod) {
      if (!statuses.keeps(pod)) {
        LineFeed.submit(new FeedRecord.Modified(statuses.asLeft(pod)), intake, binder);
      }
    }

    @Override
    public void pod(Pod pod, boolean first, long atNanos) {
      put(pod);
    }

    @Override
    public void gone(PodRef pod, @Nullable Pod last, Gone why, long atNanos) {
      ObjectMeta meta = ObjectMeta.of(pod.namespace(), pod.name(), pod.uid());
      if (!statuses.gone(meta)) {
        intake.submit(new EngineCommand.Delete(Binder.uid(meta), null));
      }
    }
  }
}
