package dev.slipway.engine.api;

import java.util.List;

/** What a probe or a hook does (rules P-005, L-213). */
public sealed interface Handler {
  record Exec(List<String> command) implements Handler {
    public Exec {
      command = List.copyOf(command);
    }
  }

  /**
   * One GET.
   *
   * @param host empty: the pod's address
   * @param http2 HTTP/2 without TLS (rule P-007; a gate that is off by default)
   */
  record HttpGet(
      String host, Port port, String path, String scheme, boolean http2, List<HttpHeader> headers)
      implements Handler {
    public HttpGet {
      headers = List.copyOf(headers);
    }
  }

  /**
   * One connection.
   *
   * @param host empty: the pod's address
   */
  record TcpSocket(String host, Port port) implements Handler {}

  /**
   * Probes only: one health check.
   *
   * @param tls TLS without verification (rule P-007; a gate that is off by default)
   */
  record Grpc(int port, String service, boolean tls) implements Handler {}

  /** Hooks only: succeeds after so many whole seconds. */
  record Sleep(long seconds) implements Handler {}

  /** None of the above is set. */
  record None() implements Handler {}

  /**
   * A port as it is written: a number or the name of one of the container's ports. A number written
   * as text is a name (rule P-079).
   *
   * @param number if it is one
   * @param name if it is one
   */
  record Port(int number, boolean named, String name) {
    public static Port of(int number) {
      return new Port(number, false, "");
    }

    public static Port named(String name) {
      return new Port(0, true, name);
    }
  }

  /** A header of a request; names may repeat. */
  record HttpHeader(String name, String value) {}
}
