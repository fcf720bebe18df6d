package dev.slipway.ops.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.ops.pods.PodRoutes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
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
    HttpServer http = listen(address, port);
    OpsServer server = new OpsServer(http, pods);
    http.setExecutor(server.threads);
    page(http, "/metrics", () -> new Page(200, PROMETHEUS, metrics.get()));
    page(http, "/livez", () -> check(live));
    page(http, "/readyz", () -> check(ready));
    PodRoutes.PATHS.forEach(path -> http.createContext(path, pods));
    http.start();
    return server;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The address as it was given is in the message of what is thrown. */
  private static HttpServer listen(String address, int port) throws IOException {
    InetSocketAddress socket = new InetSocketAddress(address, port);
    if (socket.isUnresolved()) {
      throw new UnknownHostException("no such address: " + address);
    }
    try {
      return HttpServer.create(socket, CONNECTIONS_WAITING_MAX);
    } catch (BindException e) {
      throw (BindException)
          new BindException(address + ":" + port + ": " + e.getMessage()).initCause(e);
    }
  }

  private record Page(int code, String type, String text) {}

  private static Page check(BooleanSupplier fine) {
    boolean ok = fine.getAsBoolean();
    return new Page(ok ? 200 : 503, TEXT, ok ? "ok\n" : "not ok\n");
  }

  private static void page(HttpServer http, String path, Supplier<Page> page) {
    http.createContext(path, exchange -> answer(exchange, asked(exchange, path, page)));
  }

  /** The server hands on whatever begins with the path. */
  private static Page asked(HttpExchange exchange, String path, Supplier<Page> page) {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      return new Page(404, TEXT, "not found\n");
    }
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return new Page(405, TEXT, "only GET and HEAD\n");
    }
    return page.get();
  }

  private static void answer(HttpExchange exchange, Page page) throws IOException {
    try (exchange) {
      byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", page.type());
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        exchange.sendResponseHeaders(page.code(), -1);
        return;
      }
      exchange.sendResponseHeaders(page.code(), body.length);
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
