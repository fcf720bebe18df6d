package dev.slipway.bench;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.totals.Contribution;
import dev.slipway.engine.totals.PodEntry;
import dev.slipway.engine.totals.TotalsImage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one pod event cost the totals, in all seven groupings? Pods are visited in random
 * order: a thousand stay in the cache, millions do not.
 *
 * <p>{@code java -jar bench/target/benchmarks.jar TotalsBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xms4g",
      "-Xmx4g",
      "-XX:+AlwaysPreTouch",
      "-XX:+UseCompactObjectHeaders",
      "-XX:+UseTransparentHugePages",
      "-XX:+UseSerialGC"
    })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class TotalsBenchmark {
  /** Events between two images. */
  private static final int EVENTS = 1000;

  private static final int BATCH = 64;

  @Param({"1000", "1000000", "5000000"})
  int pods;

  private TotalsPods all;
  private final PodEntry[] batch = new PodEntry[BATCH];
  private int at;
  private int size;

  @Setup
  public void setup() {
    all = new TotalsPods(pods);
  }

  /** Position of the next pod; after each round the pods turn into what they are not. */
  private int next() {
    if (++at >= pods) {
      at = 0;
      size ^= 1;
    }
    return all.order[at];
  }

  /** The pod is resized: requests, limits and quota charge change everywhere. */
  @Benchmark
  public void resourceDelta() {
    int pod = next();
    Contribution contribution = all.contribution(pod, size ^ 1);
    all.totals.update(all.entries[pod], PodPhase.RUNNING, true, 0, contribution, true);
  }

  /** The pod turns ready or unready. */
  @Benchmark
  public void readinessDelta() {
    int pod = next();
    PodEntry entry = all.entries[pod];
    all.totals.update(entry, PodPhase.RUNNING, size != 0, 0, all.contribution(pod, 0), true);
  }

  /** As {@link #resourceDelta}, but of pods that were fetched 64 at a time. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void resourceDeltaInBatches() {
    if (at + BATCH > pods) {
      at = 0;
      size ^= 1;
    }
    int first = at;
    for (int i = 0; i < BATCH; i++) {
      batch[i] = all.entries[all.order[first + i]];
    }
    all.totals.fetch(batch, BATCH);
    for (int i = 0; i < BATCH; i++) {
      Contribution contribution = all.contribution(all.order[first + i], size ^ 1);
      all.totals.update(batch[i], PodPhase.RUNNING, true, 0, contribution, true);
    }
    at = first + BATCH;
  }

  /** An event when an image is made after every thousand: what both cost together. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public TotalsImage eventsAndImage() {
    for (int i = 0; i < EVENTS; i++) {
      resourceDelta();
    }
    return all.totals.image();
  }
}
