package dev.slipway.engine.state;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import org.jspecify.annotations.Nullable;

/**
 * Everything the engine knows of one container beside its pod: the operation in progress and its
 * probe workers.
 */
public final class ContainerUnit {
  /** The order of the pod that is being carried out. */
  public enum Operation {
    NONE,
    CREATING,
    STARTING,
    POST_START,
    PRE_STOP,
    WAITING_FOR_TURN,
    STOPPING
  }

  public ContainerSpec spec;

  /** An init container with restart policy Always. */
  public final boolean sidecar;

  public Operation operation = Operation.NONE;

  /** The instance that operation or process is about. */
  public int recordId;

  /** The process of {@link #recordId} is up. */
  public boolean alive;

  /** What the operation in progress goes by; null where there is none. */
  public @Nullable ContainerOrder order;

  public int stopGeneration;

  // What the pod's cached status says of this container.
  public byte observation;
  public int observedRecord;
  public long observedStart = Times.NONE;

  /** When {@code started} of that instance was seen to turn true. */
  public long startedSince = Times.NONE;

  /** The probe workers have lost their context (1.36 only). */
  public boolean probesCut;

  public @Nullable ProbeWorker startup;
  public @Nullable ProbeWorker readiness;
  public @Nullable ProbeWorker liveness;

  public ContainerUnit(ContainerSpec spec) {
    this(spec, false);
  }

  public ContainerUnit(ContainerSpec spec, boolean sidecar) {
    this.spec = spec;
    this.sidecar = sidecar;
  }

  /** What the operation in progress goes by; made where there is none. */
  public ContainerOrder order() {
    ContainerOrder present = order;
    if (present == null) {
      present = new ContainerOrder();
      order = present;
    }
    return present;
  }

  /** The worker of that type, null if there is none. */
  public @Nullable ProbeWorker worker(ProbeType type) {
    return switch (type) {
      case STARTUP -> startup;
      case READINESS -> readiness;
      case LIVENESS -> liveness;
    };
  }

  /** Sets or removes the worker of that type. */
  public void worker(ProbeType type, @Nullable ProbeWorker worker) {
    switch (type) {
      case STARTUP -> startup = worker;
      case READINESS -> readiness = worker;
      case LIVENESS -> liveness = worker;
    }
  }
}
