package dev.slipway.ops.loopback;

import java.io.IOException;
import java.net.InetAddress;

/** A server on the loopback address, or something on a port that is none. */
public interface LoopbackServer extends AutoCloseable {
  /** The address all of them have. */
  String HOST = InetAddress.getLoopbackAddress().getHostAddress();

  int port();

  /** Requests understood so far. */
  default int requests() {
    return 0;
  }

  @Override
  void close() throws IOException;
}
