package dev.slipway.engine.scheduling;

/** A host port a pod takes (K-041). */
public record HostPort(String ip, String protocol, int port) {
  private static final String ALL = "0.0.0.0";

  public HostPort {
    ip = ip.isEmpty() ? ALL : ip;
    protocol = protocol.isEmpty() ? "TCP" : protocol;
  }

  /** Whether both cannot be on one node. */
  boolean conflicts(HostPort other) {
    return port == other.port
        && protocol.equals(other.protocol)
        && (ip.equals(other.ip) || ip.equals(ALL) || other.ip.equals(ALL));
  }
}
