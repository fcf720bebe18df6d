package dev.slipway.engine.runtime;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.ContainerEvent.Hook;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.ResizeActions;

/**
 * An order to a node's container runtime as a value, to be carried anywhere: one record for each
 * call of {@link PodRuntime}. The node knows the pod's spec from the API, by its uid; containers
 * are named by ordinal, their instances by record id. It is answered by the event the call of that
 * name is answered by, with the same attempt or record id.
 */
public sealed interface RuntimeOrder {
  /** The pod it is about. */
  String uid();

  record CreateSandbox(String uid, int attempt) implements RuntimeOrder {}

  record StopSandbox(String uid, int attempt) implements RuntimeOrder {}

  record InspectImage(String uid, int container, String image) implements RuntimeOrder {}

  record PullImage(String uid, int container, String image) implements RuntimeOrder {}

  /**
   * Make the container.
   *
   * @param attempt restart count of the instance
   */
  record CreateContainer(String uid, int container, int recordId, int attempt)
      implements RuntimeOrder {}

  record StartProcess(String uid, int container, int recordId) implements RuntimeOrder {}

  record RunHook(String uid, int container, int recordId, Hook hook) implements RuntimeOrder {}

  /** Send the stop signal, SIGKILL after so many seconds. */
  record StopProcess(String uid, int container, int recordId, long graceSeconds)
      implements RuntimeOrder {}

  record ExecProbe(String uid, int container, int recordId, ProbeType type)
      implements RuntimeOrder {}

  /** Has no answer. */
  record RemoveRecord(String uid, int container, int recordId) implements RuntimeOrder {}

  record MeasureMemory(String uid) implements RuntimeOrder {}

  /** Set values, of the pod's cgroup if the container is -1. */
  record UpdateResources(
      String uid, int container, int recordId, ResizeActions.Kind kind, Amounts amounts)
      implements RuntimeOrder {}
}
