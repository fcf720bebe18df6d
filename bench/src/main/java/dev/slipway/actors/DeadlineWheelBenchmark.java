package dev.slipway.actors;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2LongHashMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One deadline of many taken out and armed again a period later: our wheel, which keeps the total
 * order, beside Agrona's, which does not and needs a map from its ids to what is to be done. In the
 * package of the wheel because nobody else is to see it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DeadlineWheelBenchmark {
  private static final long PERIOD = 10_000_000_000L;
  private static final int TICK_SHIFT = 20;

  /** 2^14 ticks of 1.05 ms: one turn is longer than the period. */
  private static final int TICKS = 1 << 14;

  /** How many wait. */
  @Param({"1000", "1000000"})
  int deadlines;

  private DeadlineWheel own = new DeadlineWheel(0);
  private DeadlineTimerWheel agrona =
      new DeadlineTimerWheel(TimeUnit.NANOSECONDS, 0, 1L << TICK_SHIFT, TICKS);
  private final Long2LongHashMap byId = new Long2LongHashMap(-1);
  private long sequence;
  private long agronaNow;
  private long fired;

  /** Spreads the deadlines over a period. */
  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    own = new DeadlineWheel(0);
    agrona = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, 0, 1L << TICK_SHIFT, TICKS);
    for (int k = 0; k < deadlines; k++) {
      long at = random.nextLong(PERIOD);
      own.add(deadline(at));
      byId.put(agrona.scheduleTimer(at), k);
    }
  }

  @SuppressWarnings("NullAway") // a wheel never asks whose a deadline is
  private Deadline deadline(long at) {
    return new WaitingLetter(null, PodActor.WOKEN, at, 0, sequence++);
  }

  /** Ours; the object is used again. */
  @Benchmark
  public long own() {
    Deadline first = own.poll(Long.MAX_VALUE);
    if (first == null) {
      throw new IllegalStateException("no deadline waits");
    }
    first.set(first.at + PERIOD, 0, sequence++);
    own.add(first);
    return first.at;
  }

  /** Agrona's, with the map. */
  @Benchmark
  public long agrona() {
    long before = fired;
    while (fired == before) {
      int expired = agrona.poll(agronaNow, this::expired, 1);
      if (expired == 0) {
        agronaNow += 1L << TICK_SHIFT;
      }
    }
    return fired;
  }

  private boolean expired(TimeUnit unit, long now, long id) {
    fired++;
    long what = byId.remove(id);
    byId.put(agrona.scheduleTimer(now + PERIOD), what);
    return true;
  }
}
