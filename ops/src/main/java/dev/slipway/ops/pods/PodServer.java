package dev.slipway.ops.pods;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.actors.EngineSystem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers {@link PodRoutes} on the loopback address, for people and scripts of this machine. */
public final class PodServer implements AutoCloseable {
  private static final int CONNECTIONS_WAITING_MAX = 16;
  private static final int STOP_SECONDS = 1;

  private final HttpServer server;
  private final ExecutorService threads;
  private final PodRoutes routes;

  private PodServer(HttpServer server, ExecutorService threads, PodRoutes routes) {
    this.server = server;
    this.threads = threads;
    this.routes = routes;
  }

  /**
   * Listens.
   *
   * @param port 0 for a free one
   * @param nodes that are there even without pods
   */
  public static PodServer start(EngineSystem engine, PodDoor door, List<String> nodes, int port)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, CONNECTIONS_WAITING_MAX);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    PodRoutes routes = new PodRoutes(new PodAnswers(new EnginePods(engine, door, nodes)));
    server.setExecutor(threads);
    server.createContext("/", routes);
    server.start();
    return new PodServer(server, threads, routes);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Ends all watches and takes no more requests. */
  @Override
  public void close() {
    routes.close();
    server.stop(STOP_SECONDS);
    threads.shutdownNow();
  }
}
