package dev.slipway.engine.api;

import java.util.Arrays;
import java.util.Optional;

/** The three kinds of probe, in the order the kubelet creates their workers (rule P-011). */
public enum ProbeType {
  STARTUP("Startup"),
  READINESS("Readiness"),
  LIVENESS("Liveness");

  private final String text;

  ProbeType(String text) {
    this.text = text;
  }

  /** The type of that name; none if there is no such type (rule P-072). */
  public static Optional<ProbeType> of(String text) {
    return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
  }

  /** The kubelet's spelling in events and metrics. */
  public String text() {
    return text;
  }
}
