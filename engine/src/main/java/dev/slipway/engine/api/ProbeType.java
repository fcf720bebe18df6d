package dev.slipway.engine.api;

/** The three kinds of probe, in the order the kubelet creates their workers (rule P-011). */
public enum ProbeType {
  STARTUP("Startup"),
  READINESS("Readiness"),
  LIVENESS("Liveness");

  private final String text;

  ProbeType(String text) {
    this.text = text;
  }

  /** The kubelet's spelling in events and metrics. */
  public String text() {
    return text;
  }
}
