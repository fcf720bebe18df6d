package dev.slipway.bench;

import dev.slipway.engine.api.Quantity;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
@Fork(
    value = 2,
    jvmArgsAppend = {"-XX:+UseCompactObjectHeaders", "-XX:+UseSerialGC"})
public class QuantityBenchmark {
  @Param({"100m", "1Gi", "250Mi", "1.5Gi", "128974848"})
  String text = "";

  @Benchmark
  public Quantity parse() {
    return Quantity.parse(text);
  }

  /** Where only the number is wanted the object disappears. */
  @Benchmark
  public long parseMilli() {
    return Quantity.parse(text).milliValue();
  }
}
