package dev.slipway.bench;

import dev.slipway.actors.EngineClock;
import dev.slipway.actors.EngineCommand;
import dev.slipway.actors.EngineSettings;
import dev.slipway.actors.EngineSystem;
import dev.slipway.actors.Totals;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.runtime.ContainerScript;
import dev.slipway.engine.runtime.RuntimeLog;
import dev.slipway.engine.runtime.SandboxScript;
import dev.slipway.engine.runtime.ScriptedRuntime;
import dev.slipway.engine.state.PodShape;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How fast are pods taken in, how many messages go through, what does a pod weigh? Pods of one
 * sidecar and two app containers with a readiness probe every 10 s each, in virtual time: taken in,
 * brought to Ready, probed for ten minutes.
 *
 * <p>{@code java -cp bench/target/benchmarks.jar dev.slipway.bench.ActorsReport [pods] [shards]}
 */
public final class ActorsReport {
  private static final long READY = 60 * Times.SECOND;
  private static final long PROBED = 600 * Times.SECOND;

  private ActorsReport() {}

  /** Runs it once and prints the figures. */
  public static void main(String[] arguments) {
    int pods = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    int shards = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    PodShape shape = PodShape.of(spec());
    ContainerScript script = script();
    EngineSettings settings =
        EngineSettings.of(
            shards,
            EngineClock.virtual(0),
            (_, s) ->
                new ScriptedRuntime(
                    s,
                    SandboxScript.DEFAULT,
                    Collections.nCopies(s.count, script),
                    RuntimeLog.NONE));
    long heapBefore = heap();
    try (EngineSystem engine = EngineSystem.start(settings)) {
      long began = System.nanoTime();
      for (int pod = 0; pod < pods; pod++) {
        EngineCommand create =
            new EngineCommand.Create(ObjectMeta.of("bench", "pod-" + pod, "uid-" + pod), shape);
        while (!engine.submit(pod % shards, create)) {
          Thread.onSpinWait();
        }
      }
      engine.totalsNow().toCompletableFuture().join();
      Totals in = report("taken in", engine, began, Totals.NONE);
      print("actors spawned/s", rate(4L * pods, began));
      print("heap per pod, bytes", (heap() - heapBefore) / pods);

      began = System.nanoTime();
      engine.advanceTo(READY).toCompletableFuture().join();
      Totals ready = report("brought to Ready", engine, began, in);
      print("Ready", ready.ready());
      print("heap per pod, bytes", (heap() - heapBefore) / pods);

      began = System.nanoTime();
      engine.advanceTo(PROBED).toCompletableFuture().join();
      report("probed for 9 min", engine, began, ready);
      print("heap per pod, bytes", (heap() - heapBefore) / pods);
    }
  }

  private static Totals report(String what, EngineSystem engine, long began, Totals before) {
    Totals totals = engine.totalsNow().toCompletableFuture().join();
    long messages = totals.messages() - before.messages();
    System.out.printf(Locale.ROOT, "%-28s %,14.2f s%n", what, (System.nanoTime() - began) / 1e9);
    System.out.printf(Locale.ROOT, "  %-26s %,14.2f s%n", "processor time", cpuSeconds());
    print("messages", messages);
    print("messages/s", rate(messages, began));
    return totals;
  }

  private static long rate(long count, long began) {
    return (long) (count / ((System.nanoTime() - began) / 1e9));
  }

  private static void print(String name, long value) {
    System.out.printf(Locale.ROOT, "  %-26s %,14d%n", name, value);
  }

  /**
   * Of this process so far, garbage collection and compilation included: tells how busy others
   * were.
   */
  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static ContainerScript script() {
    ContainerScript d = ContainerScript.DEFAULT;
    return new ContainerScript(
        2 * Times.SECOND,
        0,
        100 * Times.MILLI,
        100 * Times.MILLI,
        0,
        d.runs(),
        Times.SECOND,
        0,
        null,
        null,
        d.startup(),
        d.liveness(),
        d.readiness());
  }

  private static PodSpec spec() {
    return new PodSpec(
        RestartPolicy.ALWAYS,
        30L,
        null,
        false,
        "node-1",
        List.of(),
        List.of(container("proxy", RestartPolicy.ALWAYS, null)),
        List.of(container("web", null, probe()), container("log", null, probe())),
        List.of(),
        null,
        Map.of(),
        null,
        "");
  }

  private static ProbeSpec probe() {
    return new ProbeSpec(new Handler.TcpSocket("", Handler.Port.of(8080)), 0, 1, 10, 1, 3, null);
  }

  private static ContainerSpec container(
      String name, @Nullable RestartPolicy policy, @Nullable ProbeSpec readiness) {
    return new ContainerSpec(
        name,
        "image",
        ImagePullPolicy.IF_NOT_PRESENT,
        policy,
        List.of(),
        null,
        null,
        readiness,
        null,
        null,
        "",
        ResourceRequirements.NONE,
        List.of(),
        List.of());
  }
}
