package dev.slipway.bench.live;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What a run measured. Figures that were not measured are NaN or null. */
final class LiveFigures {
  double rawSpawnPerSecond = Double.NaN;
  double rawHeapBytesPerPod = Double.NaN;
  double rawMessagesPerSecond = Double.NaN;

  double spawnPerSecond;
  double podsReadyPerSecond;
  double readyCpuMillisPerPod;
  double heapBytesPerPod;
  double messagesPerSecond;
  double updatesPerSecond;

  double probesPerSecond;
  double timersPerSecond;

  /** Processor time of the whole process while nothing happens but probes, cores. */
  double probeCores;

  /** Of the threads of the shards alone. */
  double shardCores;

  /** Nanoseconds. */
  final Histogram lateness = new Histogram(1_000, 900_000_000_000L, 2);

  /** Nanoseconds from the moment a container is killed to its pod's next status. */
  @Nullable Histogram eventToStatus;

  long events;
  double stopSeconds;
  @Nullable ChurnFigures churn;

  /**
   * What churn left behind.
   *
   * @param replaced pods deleted and made anew
   * @param heapBefore bytes in use after a collection, before
   * @param heapHalfway and in the middle
   * @param heapAfter and at the end
   * @param podsBefore pods with actors
   * @param deadlinesBefore deadlines that wait
   */
  record ChurnFigures(
      long replaced,
      long heapBefore,
      long heapHalfway,
      long heapAfter,
      long podsBefore,
      long podsAfter,
      long deadlinesBefore,
      long deadlinesAfter) {}
}
