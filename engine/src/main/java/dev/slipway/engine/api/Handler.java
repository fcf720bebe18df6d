package dev.slipway.engine.api;

import java.util.List;

/** What a probe or a hook does (rules P-005, L-213). Ports are texts: a number or a port name. */
public sealed interface Handler {
  record Exec(List<String> command) implements Handler {
    public Exec {
      command = List.copyOf(command);
    }
  }

  record HttpGet(String host, String port, String path, String scheme) implements Handler {}

  record TcpSocket(String host, String port) implements Handler {}

  /** Probes only. */
  record Grpc(int port, String service) implements Handler {}

  /** Hooks only: succeeds after so many whole seconds. */
  record Sleep(long seconds) implements Handler {}

  /** None of the above is set. */
  record None() implements Handler {}
}
