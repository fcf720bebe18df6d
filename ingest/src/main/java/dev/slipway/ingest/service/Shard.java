package dev.slipway.ingest.service;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** One partition's state and what is done with its records. Used by one thread at a time. */
public interface Shard {
  /** One record of the changelog, oldest first; null: the key is forgotten. */
  void restore(byte[] key, byte @Nullable [] value);

  /** The changelog has been read to its end. */
  void restored();

  /**
   * One record of the feed, in order of offsets. What it writes must follow from the state and the
   * record alone; an exception stops the whole loop, so a bad record is a dead letter instead.
   */
  void process(ConsumerRecord<byte[], byte[]> record, Outbox out);

  /** Records were processed and the transaction is about to end: writes the state that changed. */
  void save(Outbox out);

  /** Nothing has come for a while: may write what it keeps back otherwise. */
  void idle(Outbox out);

  /** Somebody else has the partition now, or the session is over: nothing is to be called again. */
  default void dropped() {}

  /** Keys in the state. */
  int size();

  /** Makes the shard of a partition. */
  interface Factory {
    Shard create(int partition);

    /** False for shards that keep nothing: there is no changelog to read. */
    default boolean keepsState() {
      return true;
    }
  }
}
