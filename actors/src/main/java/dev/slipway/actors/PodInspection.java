package dev.slipway.actors;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.ContainerSink;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.state.ContainerUnit;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.ProbeWorker;
import java.util.List;

/**
 * One pod whole: its object and what its actors are at.
 *
 * @param pod with the status in the API
 * @param worker where the pod worker stands
 * @param step what a pass or a termination waits for
 * @param rebuilds how often it was built anew after a failure of the engine
 * @param armed deadlines of the pod itself, ids of {@link PodSink}
 * @param containers by ordinal
 * @param now the time its shard has reached, epoch nanoseconds
 */
public record PodInspection(
    Pod pod,
    PodState.Worker worker,
    PodState.Step step,
    int rebuilds,
    List<Armed> armed,
    List<OfContainer> containers,
    long now) {
  public PodInspection {
    armed = List.copyOf(armed);
    containers = List.copyOf(containers);
  }

  /** A deadline that waits: its id and its time in epoch nanoseconds. */
  public record Armed(int id, long at) {}

  /**
   * One container.
   *
   * @param operation the order of the pod that is being carried out
   * @param alive its process is up
   * @param backOffNanos the restart back-off in force, 0 if there is none
   * @param armed ids of {@link ContainerSink}
   */
  public record OfContainer(
      int ordinal,
      String name,
      ContainerUnit.Operation operation,
      boolean alive,
      long backOffNanos,
      List<OfProbe> probes,
      List<Armed> armed) {
    public OfContainer {
      probes = List.copyOf(probes);
      armed = List.copyOf(armed);
    }
  }

  /**
   * One probe worker.
   *
   * @param run how many results like the last one came in a row
   */
  public record OfProbe(ProbeType type, ProbeWorker.State state, ProbeResult last, int run) {}
}
