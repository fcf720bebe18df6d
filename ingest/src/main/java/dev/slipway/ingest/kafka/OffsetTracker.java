package dev.slipway.ingest.kafka;

import dev.slipway.ingest.feed.FeedPartition;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What of one owned partition was handed over, what of that is dealt with, and thus what is safe to
 * commit.
 *
 * <p>Safe is everything below the first record that is handed over but not acknowledged, and below
 * the first refused record whose dead letter is not written yet. All methods are for the feed's
 * thread except {@link #acknowledge} and {@link #deadLetterDone}.
 */
final class OffsetTracker implements FeedPartition {
  private static final long NONE = -1;

  private final int number;
  private final AtomicLong acknowledged = new AtomicLong(NONE);

  /** Bounded by the dead letters' producer; empty but for bad times. */
  private final ConcurrentSkipListSet<Long> deadLetters = new ConcurrentSkipListSet<>();

  private long handedOver = NONE;
  private long next = NONE;
  private long committed = NONE;

  OffsetTracker(int number) {
    this.number = number;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public void acknowledge(long throughOffset) {
    acknowledged.accumulateAndGet(throughOffset, Math::max);
  }

  /**
   * Called with each record's offset before anything is done with it; the first one is where
   * counting starts.
   */
  void seen(long offset) {
    if (next == NONE) {
      acknowledge(offset - 1);
      handedOver = offset - 1;
      next = offset;
      committed = offset;
    }
  }

  /** The sink took the record at this offset. */
  void handedOver(long offset) {
    handedOver = offset;
    next = offset + 1;
  }

  /** The record at this offset was refused and its dead letter is about to be sent. */
  void deadLetterBegun(long offset) {
    deadLetters.add(offset);
  }

  /**
   * There is nothing to do about the record of this offset, or nothing but its dead letter, which
   * is on its way.
   */
  void nothingLeft(long offset) {
    next = offset + 1;
  }

  /** The dead letter of this offset is written, will never be, or could not be sent yet. */
  void deadLetterDone(long offset) {
    deadLetters.remove(offset);
  }

  /**
   * Offsets after the last acknowledged one up to the last one handed over; never fewer than there
   * are records in flight, because offsets may have gaps.
   */
  long inFlight() {
    return handedOver - dealtWith();
  }

  /** True when nothing handed over or refused is still open. */
  boolean settled() {
    return inFlight() == 0 && deadLetters.isEmpty();
  }

  /** The offset a restart should begin with, -1 if that is where it would begin already. */
  long toCommit() {
    long dealtWith = dealtWith();
    long safe = dealtWith == handedOver ? next : dealtWith + 1;
    Long letter = deadLetters.ceiling(0L);
    if (letter != null) {
      safe = Math.min(safe, letter);
    }
    return safe > committed ? safe : NONE;
  }

  void committed(long offset) {
    committed = Math.max(committed, offset);
  }

  /** An acknowledgement of what was never handed over counts for nothing beyond what was. */
  private long dealtWith() {
    return Math.min(acknowledged.get(), handedOver);
  }
}
