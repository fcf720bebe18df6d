package dev.slipway.engine.probe;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.ContainerEvent.Outcome;

/** The Warning event of one execution (rule P-070; pkg/kubelet/prober/prober.go probe, 1.37.2). */
final class ProbeReport {
  private ProbeReport() {}

  /** The event's reason, empty if there is none. */
  static String reason(Outcome outcome) {
    return switch (outcome) {
      case WARNING -> "ProbeWarning";
      case FAILURE, ERROR, BROKEN -> "Unhealthy";
      case SUCCESS, UNKNOWN, PANIC -> "";
    };
  }

  /** The event's text. */
  static String text(ProbeType type, Outcome outcome, String message) {
    return type.text()
        + switch (outcome) {
          case WARNING -> " probe warning: ";
          case ERROR -> " probe errored and resulted in unknown state: ";
          case BROKEN -> " probe errored and resulted in failure state: ";
          case FAILURE, SUCCESS, UNKNOWN, PANIC -> " probe failed: ";
        }
        + message;
  }
}
