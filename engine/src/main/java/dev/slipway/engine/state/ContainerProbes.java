package dev.slipway.engine.state;

import dev.slipway.engine.api.Times;
import org.jspecify.annotations.Nullable;

/** The probe workers of one container and what they go by; only containers with probes have it. */
public final class ContainerProbes {
  /** An init container with restart policy Always. */
  public final boolean sidecar;

  // What the pod's cached status says of this container.
  public byte observation;
  public int observedRecord;
  public long observedStart = Times.NONE;

  /** When {@code started} of that instance was seen to turn true. */
  public long startedSince = Times.NONE;

  /** The probe workers have lost their context (1.36 only). */
  public boolean cut;

  @Nullable ProbeWorker startup;
  @Nullable ProbeWorker readiness;
  @Nullable ProbeWorker liveness;

  ContainerProbes(boolean sidecar) {
    this.sidecar = sidecar;
  }
}
