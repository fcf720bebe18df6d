package dev.slipway.ops.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.actors.EngineClock;
import dev.slipway.actors.EngineCommand;
import dev.slipway.actors.EngineSettings;
import dev.slipway.actors.EngineSystem;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.engine.state.PodShape;
import dev.slipway.ingest.behavior.BehaviorReader;
import dev.slipway.ingest.manifest.ManifestReader;
import dev.slipway.ops.serve.ModelRuntimes;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A pod on an actor whose readiness is asked of a real server. */
final class ActorProbeTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: any}
      spec:
        nodeName: node-1
        containers:
        - name: app
          image: app
          readinessProbe:
            httpGet: {host: 127.0.0.1, port: %d, path: "%s"}
            periodSeconds: 1
            timeoutSeconds: 30
      """;

  private static final String QUICK =
      """
      rules:
      - {sandbox: 1ms, pull: 1ms, create: 1ms, start: 1ms}
      """;

  private static EngineCommand create(String name, int port, String path) throws Exception {
    byte[] text = POD.formatted(port, path).getBytes(StandardCharsets.UTF_8);
    PodSpec spec =
        ManifestReader.strict()
            .read("pod", new ByteArrayInputStream(text))
            .pods()
            .getFirst()
            .pod()
            .spec();
    return new EngineCommand.Create(ObjectMeta.of("test", name, "uid-" + name), PodShape.of(spec));
  }

  private static Map<String, Boolean> ready(EngineSystem engine) {
    return engine.pods().toCompletableFuture().join().stream()
        .collect(Collectors.toMap(row -> row.meta().name(), row -> row.ready()));
  }

  private static Map<String, Boolean> await(
      EngineSystem engine, Predicate<Map<String, Boolean>> condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    Map<String, Boolean> ready = ready(engine);
    while (!condition.test(ready) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      ready = ready(engine);
    }
    return ready;
  }

  @Test
  void shardGoesOnWhileAProbeWaitsForItsServer() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    AtomicInteger waiting = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/slow")) {
              waiting.incrementAndGet();
              hold.await();
            }
            boolean good = !exchange.getRequestURI().getPath().equals("/bad");
            exchange.sendResponseHeaders(good ? 200 : 500, -1);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    int port = server.getAddress().getPort();
    Behavior quick = Behavior.DEFAULT.with(BehaviorReader.read("quick", QUICK).rules());
    try (NetworkTransport transport = new NetworkTransport(CommandRunner.NONE);
        NetworkProbes probes = new NetworkProbes(transport)) {
      ProbedRuntimes runtimes = new ProbedRuntimes(new ModelRuntimes(quick, 1), probes);
      // One shard, one thread: whoever blocks it blocks all pods.
      try (EngineSystem engine =
          EngineSystem.start(EngineSettings.of(1, EngineClock.live(), runtimes))) {
        runtimes.connect(engine);
        engine.submit(0, create("slow", port, "/slow"));
        await(engine, _ -> waiting.get() > 0);
        assertThat(waiting.get()).isEqualTo(1);
        engine.submit(0, create("good", port, "/good"));
        engine.submit(0, create("bad", port, "/bad"));
        assertThat(await(engine, ready -> ready.get("good")))
            .isEqualTo(Map.of("good", true, "bad", false, "slow", false));
        hold.countDown();
        assertThat(await(engine, ready -> ready.get("slow")))
            .isEqualTo(Map.of("good", true, "bad", false, "slow", true));
        assertThat(engine.inspect(0, "uid-bad").toCompletableFuture().join().orElseThrow())
            .satisfies(pod ->
                assertThat(pod.pod().status().containerStatuses().getFirst().ready()).isFalse());
      }
    } finally {
      hold.countDown();
      server.stop(0);
    }
  }
}
