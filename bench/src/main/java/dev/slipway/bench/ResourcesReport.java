package dev.slipway.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How fast are the sums, beside Go's? Runs the benchmarks of quantities, effective resources and
 * totals and prints one table, then what a pod weighs in the totals.
 *
 * <p>{@code java -XX:+UseCompactObjectHeaders -cp bench/target/benchmarks.jar
 * dev.slipway.bench.ResourcesReport [NAME...]} with parts of benchmark names to run some only;
 * about six minutes for all.
 */
public final class ResourcesReport {
  private static final List<String> ALL =
      List.of("QuantityBenchmark", "EffectiveResourcesBenchmark", "TotalsBenchmark");
  private static final int WEIGHED = 1_000_000;

  /** The reference's figure for the same thing, where it has one. */
  private record Reference(double nanos, long bytes) {}

  /**
   * Processor time and bytes by operation of Kubernetes 1.37.2 in Go 1.26.8, as recorded with its
   * answers, on an AMD EPYC. On another machine the ratio is a hint.
   */
  private static final Map<String, Reference> GO =
      Map.ofEntries(
          Map.entry("EffectiveResourcesBenchmark.podRequests 1", new Reference(752.9, 1840)),
          Map.entry("EffectiveResourcesBenchmark.podRequests 3", new Reference(1860, 2672)),
          Map.entry("EffectiveResourcesBenchmark.podRequests 10", new Reference(4683, 5584)),
          Map.entry(
              "EffectiveResourcesBenchmark.podRequestsWithStatus 1", new Reference(2129, 4736)),
          Map.entry(
              "EffectiveResourcesBenchmark.podRequestsWithStatus 3", new Reference(5827, 7232)),
          Map.entry(
              "EffectiveResourcesBenchmark.podRequestsWithStatus 10", new Reference(15000, 15968)),
          Map.entry("EffectiveResourcesBenchmark.podLimits 1", new Reference(850.8, 1792)),
          Map.entry("EffectiveResourcesBenchmark.podLimits 3", new Reference(1999, 2624)),
          Map.entry("EffectiveResourcesBenchmark.podLimits 10", new Reference(4832, 5536)),
          Map.entry("QuantityBenchmark.parse 100m", new Reference(24.11, 0)),
          Map.entry("QuantityBenchmark.parse 1Gi", new Reference(40.41, 0)),
          Map.entry("QuantityBenchmark.parse 250Mi", new Reference(41.63, 0)),
          Map.entry("QuantityBenchmark.parse 1.5Gi", new Reference(834, 776)),
          Map.entry("QuantityBenchmark.parse 128974848", new Reference(25.5, 0)));

  private ResourcesReport() {}

  /** Runs it once and prints the table. */
  public static void main(String[] names) throws RunnerException {
    line("benchmark", "ns", "wall ns", "B/op", "Go ns", "Go B/op", "Go/ours");
    for (String name : names.length == 0 ? ALL : Arrays.asList(names)) {
      for (RunResult result : new Runner(options(name).build()).run()) {
        row(result);
      }
    }
    if (names.length == 0) {
      System.out.println(
          "ns and Go ns: processor time, median; wall ns: by the clock, more when others are busy");
      weigh();
    }
  }

  private static ChainedOptionsBuilder options(String name) {
    return new OptionsBuilder()
        .verbosity(VerboseMode.SILENT)
        .jvmArgs("--sun-misc-unsafe-memory-access=allow")
        .forks(1)
        .warmupIterations(5)
        .warmupTime(TimeValue.milliseconds(600))
        .measurementIterations(15)
        .measurementTime(TimeValue.milliseconds(200))
        .addProfiler(GCProfiler.class)
        .addProfiler(ProcessorTime.class)
        .include(name);
  }

  private static void row(RunResult run) {
    double cpu = median(figures(run, ProcessorTime.NAME));
    double wall =
        median(
            iterations(run).stream()
                .mapToDouble(i -> i.getPrimaryResult().getScore())
                .sorted()
                .toArray());
    double bytes = median(figures(run, "gc.alloc.rate.norm"));
    String name = name(run);
    Reference go = GO.get(name);
    line(
        name,
        text(cpu),
        text(wall),
        String.format(Locale.ROOT, "%.0f", bytes),
        go == null ? "-" : text(go.nanos),
        go == null ? "-" : Long.toString(go.bytes),
        go == null ? "-" : text(go.nanos / cpu));
  }

  private static Collection<IterationResult> iterations(RunResult run) {
    return run.getBenchmarkResults().stream()
        .flatMap(fork -> fork.getIterationResults().stream())
        .toList();
  }

  private static double[] figures(RunResult run, String name) {
    return iterations(run).stream()
        .mapToDouble(i -> Objects.requireNonNull(i.getSecondaryResults().get(name)).getScore())
        .sorted()
        .toArray();
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static String name(RunResult run) {
    var params = new TreeMap<String, String>();
    run.getParams().getParamsKeys().forEach(key -> params.put(key, run.getParams().getParam(key)));
    String method = run.getParams().getBenchmark();
    String simple = method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1);
    return simple
        + params.values().stream().map(value -> " " + value).collect(Collectors.joining());
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
  }

  private static void line(
      String name,
      String nanos,
      String wall,
      String bytes,
      String go,
      String goBytes,
      String ratio) {
    System.out.printf(
        Locale.ROOT,
        "%-54s %8s %8s %8s %8s %8s %8s%n",
        name,
        nanos,
        wall,
        bytes,
        go,
        goBytes,
        ratio);
  }

  private static void weigh() {
    long before = heap();
    var pods = new TotalsPods(WEIGHED);
    long held = heap() - before - 8L * pods.order.length;
    System.out.printf(
        Locale.ROOT,
        "heap by pod in totals of %,d pods: %d B, with the rows of 20,000 nodes and 100,000 owners%n",
        pods.entries.length,
        held / WEIGHED);
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
