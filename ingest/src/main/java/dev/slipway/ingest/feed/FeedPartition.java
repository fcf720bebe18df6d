package dev.slipway.ingest.feed;

/**
 * One partition of a feed for as long as this process owns it. A partition that is taken away and
 * comes back is another object, so that an acknowledgement from before cannot be mistaken for one
 * of the new ownership.
 */
public interface FeedPartition {
  int number();

  /**
   * Says that every record handed over up to and including this offset is dealt with for good; the
   * feed will not bring it again. Any thread may call it; a smaller offset than before changes
   * nothing.
   */
  void acknowledge(long throughOffset);
}
