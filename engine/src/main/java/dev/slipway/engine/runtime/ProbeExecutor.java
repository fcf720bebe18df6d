package dev.slipway.engine.runtime;

import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.event.ContainerEvent.Outcome;
import dev.slipway.engine.probe.ProbeTarget;

/**
 * Executes probes where they really go: HTTP, TCP, gRPC, a command in the container. Called on the
 * thread of the pod's shard, so it only begins an attempt and returns.
 */
public interface ProbeExecutor {
  /** Begins one attempt; {@code done} is told its outcome exactly once, on any thread. */
  void begin(ProbeSpec probe, ProbeTarget target, Done done);

  /** Learns what came of an attempt. */
  @FunctionalInterface
  interface Done {
    /**
     * The attempt is over.
     *
     * @param message what the worker's event says of it
     */
    void done(Outcome outcome, String message);
  }
}
