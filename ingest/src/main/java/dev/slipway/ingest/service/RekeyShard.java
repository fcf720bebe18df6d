package dev.slipway.ingest.service;

import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.Outcome;
import dev.slipway.ingest.format.RecordDecoder;
import dev.slipway.ingest.format.Refused;
import dev.slipway.ingest.kafka.KafkaRecords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Hands the records of a feed of any key on to a feed keyed by namespace and name of the pod, as
 * they are. What is about pods of several partitions, a list say, goes to each of them; an expired
 * watch to all. Keeps nothing.
 */
public final class RekeyShard implements Shard {
  private final int partitions;
  private final ObserveListener listener;
  private final RecordDecoder decoder = RecordDecoder.create();
  private final BitSet targets = new BitSet();
  private @Nullable String key;

  private RekeyShard(int partitions, ObserveListener listener) {
    this.partitions = partitions;
    this.listener = listener;
  }

  /** Shards that hand on to that many partitions. */
  public static Factory factory(int partitions, ObserveListener listener) {
    return new Factory() {
      @Override
      public Shard create(int partition) {
        return new RekeyShard(partitions, listener);
      }

      @Override
      public boolean keepsState() {
        return false;
      }
    };
  }

  @Override
  public void process(ConsumerRecord<byte[], byte[]> record, Outbox outbox) {
    targets.clear();
    key = null;
    if (record.value() == null && record.key() != null) {
      event(KafkaRecords.tombstone(record.key()));
      // Its key is all it says, so it keeps that.
      hand(record, record.key(), outbox);
      return;
    }
    Outcome outcome = decoder.decode(record.value(), KafkaRecords.headers(record), this::event);
    if (outcome instanceof Refused refusal) {
      outbox.refuse(record, refusal.why());
      listener.refused(refusal.why());
      return;
    }
    String named = targets.cardinality() == 1 ? key : null;
    hand(record, named == null ? null : named.getBytes(StandardCharsets.UTF_8), outbox);
  }

  private void event(FeedEvent event) {
    if (event instanceof FeedEvent.Skipped) {
      return;
    }
    Shares.key(event)
        .ifPresentOrElse(
            name -> {
              key = name;
              targets.set(Shares.partition(name, partitions));
            },
            () -> targets.set(0, partitions));
  }

  private void hand(
      ConsumerRecord<byte[], byte[]> record, byte @Nullable [] newKey, Outbox outbox) {
    List<Header> headers = new ArrayList<>();
    record.headers().forEach(headers::add);
    if (targets.cardinality() > 1) {
      headers.add(Shares.mark(partitions, record.partition()));
    }
    targets.stream()
        .forEach(
            target -> outbox.forward(target, record.timestamp(), newKey, record.value(), headers));
  }

  @Override
  public void restore(byte[] key, byte @Nullable [] value) {
    throw new IllegalStateException("keeps nothing");
  }

  @Override
  public void restored() {}

  @Override
  public void save(Outbox out) {}

  @Override
  public void idle(Outbox out) {}

  @Override
  public int size() {
    return 0;
  }
}
