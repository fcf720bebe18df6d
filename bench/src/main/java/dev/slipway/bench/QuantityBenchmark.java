package dev.slipway.bench;

import dev.slipway.engine.api.Quantity;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What does reading an amount cost?
 *
 * <p>{@code java -jar bench/target/benchmarks.jar QuantityBenchmark -prof gc}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class QuantityBenchmark {
  @Param({"100m", "1Gi", "250Mi", "1.5Gi", "128974848"})
  String text = "";

  @Benchmark
  public Quantity parse() {
    return Quantity.parse(text);
  }
}
