package dev.slipway.ops.serve;

import dev.slipway.actors.EngineSystem;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/**
 * How late deadlines are, asked for without waiting: what was asked at one look is there at the
 * next. Used by one thread.
 */
final class LateTimers {
  private static final double PERCENTILE = 99;

  private CompletableFuture<Histogram> asked = CompletableFuture.completedFuture(new Histogram(2));
  private long last = -1;

  /** The 99th percentile in nanoseconds; negative as long as no deadline has been served. */
  long lately(EngineSystem engine) {
    if (asked.isDone()) {
      if (!asked.isCompletedExceptionally()) {
        Histogram histogram = asked.join();
        last = histogram.getTotalCount() == 0 ? last : histogram.getValueAtPercentile(PERCENTILE);
      }
      asked = engine.timerLateness().toCompletableFuture();
    }
    return last;
  }
}
