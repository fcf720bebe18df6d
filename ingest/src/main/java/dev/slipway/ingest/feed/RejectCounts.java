package dev.slipway.ingest.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many records were refused for which reason, with the latest few of each. Safe for use by
 * several threads.
 */
public final class RejectCounts {
  /** Enough to see a pattern; ten reasons of three samples stay below 20 KB. */
  public static final int SAMPLES_PER_REASON_MAX = 3;

  private final Map<RejectReason, Tally> tallies = new EnumMap<>(RejectReason.class);

  public synchronized void add(Rejected rejected) {
    Tally tally = tallies.computeIfAbsent(rejected.reason(), _ -> new Tally());
    tally.count++;
    if (tally.samples.size() == SAMPLES_PER_REASON_MAX) {
      tally.samples.removeFirst();
    }
    tally.samples.addLast(rejected);
  }

  public synchronized long total() {
    long total = 0;
    for (Tally tally : tallies.values()) {
      total += tally.count;
    }
    return total;
  }

  /** Counts of the reasons that occurred. */
  public synchronized Map<RejectReason, Long> byReason() {
    Map<RejectReason, Long> counts = new EnumMap<>(RejectReason.class);
    tallies.forEach((reason, tally) -> counts.put(reason, tally.count));
    return counts;
  }

  /** The latest refused records, oldest first within a reason. */
  public synchronized List<Rejected> samples() {
    List<Rejected> samples = new ArrayList<>();
    tallies.values().forEach(tally -> samples.addAll(tally.samples));
    return List.copyOf(samples);
  }

  private static final class Tally {
    long count;
    final ArrayDeque<Rejected> samples = new ArrayDeque<>(SAMPLES_PER_REASON_MAX);
  }
}
