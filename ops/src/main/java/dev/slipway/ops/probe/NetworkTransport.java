package dev.slipway.ops.probe;

import dev.slipway.engine.probe.ProbeTransport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Exchanges over real sockets, each on a connection of its own. Thread safe; a call blocks its
 * thread, which may well be a virtual one.
 */
public final class NetworkTransport implements ProbeTransport, AutoCloseable {
  private static final long NANOS_PER_MILLI = Duration.ofMillis(1).toNanos();

  private final CommandRunner runner;
  private final Http1Exchanges http1 = new Http1Exchanges();
  private final Http2Exchanges http2 = new Http2Exchanges();

  /** A transport whose commands that runner runs. */
  public NetworkTransport(CommandRunner runner) {
    this.runner = runner;
  }

  @Override
  public HttpReply http(HttpCall call, long limit) {
    return call.http2() ? http2.exchange(call, limit) : http1.exchange(call, limit);
  }

  @Override
  public TcpReply connect(String host, int port, long limit) {
    long began = System.nanoTime();
    String dial = "dial tcp " + host + ":" + port + ": ";
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), millis(limit));
      return new TcpReply("", System.nanoTime() - began);
    } catch (SocketTimeoutException e) {
      return new TcpReply(dial + "i/o timeout", limit);
    } catch (IOException e) {
      return new TcpReply(dial + reason(e), System.nanoTime() - began);
    }
  }

  @Override
  public GrpcReply grpc(GrpcCall call, long limit) {
    return HealthChecks.check(call, limit);
  }

  @Override
  public ExecReply exec(List<String> command, int timeoutSeconds) {
    return runner.run(command, timeoutSeconds);
  }

  @Override
  public void close() {
    http2.close();
  }

  /** Whole milliseconds, at least one: zero means no limit to a socket. */
  static int millis(long nanos) {
    return (int) Math.clamp(nanos / NANOS_PER_MILLI, 1, Integer.MAX_VALUE);
  }

  /** Why a connection did not come about, in the words of a client in Go where they are known. */
  static String reason(IOException e) {
    return switch (e) {
      case UnknownHostException _ -> "lookup " + e.getMessage() + ": no such host";
      case ConnectException _ when String.valueOf(e.getMessage()).contains("refused") ->
          "connect: connection refused";
      default -> String.valueOf(e.getMessage());
    };
  }
}
