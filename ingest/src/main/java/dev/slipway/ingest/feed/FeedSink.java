package dev.slipway.ingest.feed;

/**
 * Where a feed hands its records over. All methods are called by the feed's one thread and must not
 * block.
 */
public interface FeedSink {
  /**
   * Takes one record, in order of offsets per partition. False means full: the feed pauses the
   * partition and offers the same record again later. What was taken has to be acknowledged through
   * the partition, in any batch size. What a list says comes one by one with the list's offset,
   * which is to be acknowledged when the last of it is dealt with.
   *
   * @param atNanos the record's own time, nanoseconds since the Unix epoch
   */
  boolean offer(FeedPartition partition, long offset, long atNanos, FeedRecord record);

  /** This process owns the partition from now on. */
  default void assigned(FeedPartition partition) {}

  /**
   * This process no longer owns the partition; what it acknowledged so far has been committed if
   * that was possible.
   */
  default void revoked(FeedPartition partition) {}

  /** The feed has stopped because of this and brings nothing more. */
  default void failed(Throwable cause) {}
}
