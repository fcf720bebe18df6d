package dev.slipway.ops.loopback;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Ports behind which nobody answers. */
public final class SilentPorts {
  /** More connections than the smallest queue of a kernel takes. */
  private static final int MAX_WAITING = 64;

  /** A connection that is not taken within this time will not be. */
  private static final int TAKEN_MILLIS = 200;

  private SilentPorts() {}

  /** Nobody listens, and nobody else can: the port is bound. */
  public static LoopbackServer closed() throws IOException {
    Socket bound = new Socket();
    bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return new Silent(bound.getLocalPort(), List.of(bound));
  }

  /** The queue of connections is full and nobody takes from it: connecting hangs. */
  public static LoopbackServer full() throws IOException {
    var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    var open = new ArrayList<AutoCloseable>();
    open.add(server);
    for (int k = 0; k < MAX_WAITING; k++) {
      Socket waiting = new Socket();
      open.add(waiting);
      try {
        waiting.connect(server.getLocalSocketAddress(), TAKEN_MILLIS);
      } catch (SocketTimeoutException e) {
        return new Silent(server.getLocalPort(), open);
      }
    }
    throw new IOException("the queue of a listening socket does not fill up on this machine");
  }

  /** Takes a connection, reads once and closes it. */
  public static LoopbackServer hangup() throws IOException {
    return new Acceptor(
        new ServerSocket(0, Acceptor.BACKLOG, InetAddress.getLoopbackAddress()),
        socket -> socket.getInputStream().read(new byte[Acceptor.BUFFER]));
  }

  private record Silent(int port, List<? extends AutoCloseable> open) implements LoopbackServer {
    @Override
    public void close() throws IOException {
      for (AutoCloseable one : open) {
        try {
          one.close();
        } catch (IOException e) {
          throw e;
        } catch (Exception e) {
          throw new IOException(e);
        }
      }
    }
  }
}
