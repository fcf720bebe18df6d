package dev.slipway.ingest.repair;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Bytes;

/**
 * How long after a newer version of the same pod an older one arrived: counts in buckets that
 * double, in milliseconds. The last bucket takes everything beyond.
 */
public final class Lateness {
  /** Below 1 ms, below 2 ms, and so on to about six days, then the rest. */
  public static final int BUCKETS = 30;

  private final long[] counts = new long[BUCKETS];
  private long maxNanos;

  void add(long nanos) {
    long late = Math.max(0, nanos);
    counts[bucket(late)]++;
    maxNanos = Math.max(maxNanos, late);
  }

  private static int bucket(long nanos) {
    long millis = nanos / Times.MILLI;
    return Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(millis));
  }

  /** How many were late by less than {@link #boundMillis} of that bucket, and by no less before. */
  public long count(int bucket) {
    return counts[bucket];
  }

  /** The bound of a bucket; the last has none and says the largest number. */
  public static long boundMillis(int bucket) {
    return bucket == BUCKETS - 1 ? Long.MAX_VALUE : 1L << bucket;
  }

  public long maxNanos() {
    return maxNanos;
  }

  void write(Bytes out) {
    for (long count : counts) {
      out.put(count);
    }
    out.put(maxNanos);
  }

  void read(Bytes in) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      counts[bucket] = in.get();
    }
    maxNanos = in.get();
  }
}
