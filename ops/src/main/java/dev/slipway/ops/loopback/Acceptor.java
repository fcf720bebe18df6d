package dev.slipway.ops.loopback;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Takes connections and has each served on a thread of its own. */
class Acceptor implements LoopbackServer {
  static final int BACKLOG = 50;
  static final int BUFFER = 8192;

  /** Serves one connection; it is closed afterwards. */
  @FunctionalInterface
  interface Service {
    void serve(Socket socket) throws IOException;
  }

  private final ServerSocket server;

  Acceptor(ServerSocket server, Service service) {
    this.server = server;
    Thread.ofVirtual().name("loopback").start(() -> accept(service));
  }

  private void accept(Service service) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().name("loopback connection").start(() -> serve(socket, service));
      } catch (IOException e) {
        // Closed, or a client that is gone already: the loop's condition tells.
      }
    }
  }

  private static void serve(Socket socket, Service service) {
    try (socket) {
      service.serve(socket);
    } catch (IOException e) {
      // The client is gone or does not speak what the server speaks; it gets a closed connection.
    }
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
