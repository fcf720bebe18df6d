package dev.slipway.ops.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.ops.pods.PodRoutes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * {@code /metrics}, {@code /livez}, {@code /readyz} and what {@link PodRoutes} answers. Live is a
 * process that has not given up; ready is one that has caught up with the feed as it was when it
 * got its partitions.
 */
final class OpsServer implements AutoCloseable {
  private static final int CONNECTIONS_WAITING_MAX = 16;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final PodRoutes pods;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private OpsServer(HttpServer server, PodRoutes pods) {
    this.server = server;
    this.pods = pods;
  }

  static OpsServer start(
      String address,
      int port,
      Supplier<String> metrics,
      BooleanSupplier live,
      BooleanSupplier ready,
      PodRoutes pods)
      throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(address, port), CONNECTIONS_WAITING_MAX);
    OpsServer server = new OpsServer(http, pods);
    http.setExecutor(server.threads);
    http.createContext("/metrics", exchange -> answer(exchange, 200, PROMETHEUS, metrics.get()));
    http.createContext("/livez", exchange -> check(exchange, live.getAsBoolean()));
    http.createContext("/readyz", exchange -> check(exchange, ready.getAsBoolean()));
    PodRoutes.PATHS.forEach(path -> http.createContext(path, pods));
    http.start();
    return server;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void check(HttpExchange exchange, boolean fine) throws IOException {
    answer(exchange, fine ? 200 : 503, TEXT, fine ? "ok\n" : "not ok\n");
  }

  private static void answer(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(code, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  /** Ends all watches first: they would go on. */
  @Override
  public void close() {
    pods.close();
    server.stop(0);
    threads.close();
  }
}
