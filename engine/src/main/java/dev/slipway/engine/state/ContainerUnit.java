package dev.slipway.engine.state;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ProbeType;
import org.jspecify.annotations.Nullable;

/**
 * Everything the engine knows of one container beside its pod: the operation in progress and its
 * probe workers.
 */
public final class ContainerUnit {
  /** What a pod can order. */
  public enum Operation {
    NONE,
    CREATING,
    STARTING,
    POST_START,
    PRE_STOP,
    WAITING_FOR_TURN,
    STOPPING
  }

  /** Kept by ordinal: a unit is small, there are millions. */
  private static final Operation[] OPERATIONS = Operation.values();

  public ContainerSpec spec;

  /** The instance that operation or process is about. */
  public int recordId;

  /** What the operation in progress goes by; null where there is none. */
  public @Nullable ContainerOrder order;

  public int stopGeneration;
  private @Nullable ContainerProbes probes;

  /** The container's place in its pod. */
  public final short ordinal;

  private byte operation = (byte) Operation.NONE.ordinal();

  /** The process of {@link #recordId} is up. */
  public boolean alive;

  /** A unit that is alone. */
  public ContainerUnit(ContainerSpec spec) {
    this(spec, 0);
  }

  public ContainerUnit(ContainerSpec spec, int ordinal) {
    this.spec = spec;
    this.ordinal = (short) ordinal;
  }

  /** A unit of which the probe workers know whether it is a sidecar (kubelets before 1.35). */
  public ContainerUnit(ContainerSpec spec, boolean sidecar) {
    this(spec);
    this.probes = new ContainerProbes(sidecar);
  }

  /** The order of the pod that is being carried out. */
  public Operation operation() {
    return OPERATIONS[operation];
  }

  /** Sets the order that is being carried out. */
  public void operation(Operation value) {
    operation = (byte) value.ordinal();
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

  /** The container's probes; made where there are none. */
  public ContainerProbes probes() {
    ContainerProbes present = probes;
    if (present == null) {
      present = new ContainerProbes(false);
      probes = present;
    }
    return present;
  }

  /** The worker of that type, null if there is none. */
  public @Nullable ProbeWorker worker(ProbeType type) {
    ContainerProbes present = probes;
    if (present == null) {
      return null;
    }
    return switch (type) {
      case STARTUP -> present.startup;
      case READINESS -> present.readiness;
      case LIVENESS -> present.liveness;
    };
  }

  /** Sets or removes the worker of that type. */
  public void worker(ProbeType type, @Nullable ProbeWorker worker) {
    switch (type) {
      case STARTUP -> probes().startup = worker;
      case READINESS -> probes().readiness = worker;
      case LIVENESS -> probes().liveness = worker;
    }
  }
}
