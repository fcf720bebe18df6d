package dev.slipway.engine.runtime;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.ResizeActions;

/**
 * What runs the containers of one pod: a model, a real node behind a wire, or the record of one.
 * Orders come in as calls; answers go out as events through the {@link Answers} handed in, now or
 * later.
 */
public interface PodRuntime {
  void createSandbox(int attempt, long now, Answers out);

  void stopSandbox(int attempt, long now, Answers out);

  void inspectImage(int container, String image, long now, Answers out);

  void pullImage(int container, String image, long now, Answers out);

  void createContainer(int container, int recordId, int attempt, long now, Answers out);

  void startProcess(int container, long now, Answers out);

  void runHook(int container, ContainerEvent.Hook hook, long now, Answers out);

  void stopProcess(int container, long graceSeconds, long now, Answers out);

  void execProbe(int container, int recordId, ProbeType type, long now, Answers out);

  void removeRecord(int container, int recordId, long now);

  /** Answered by {@link PodEvent.MemoryMeasured}. */
  void measureMemory(long now, Answers out);

  /**
   * Sets the values of that kind, of the pod's cgroup if the container is -1; answered by {@link
   * PodEvent.ResourcesUpdated}.
   */
  void updateResources(
      int container, int recordId, ResizeActions.Kind kind, Amounts amounts, long now, Answers out);

  /** A wake-up asked for through {@link Answers#wake} is due. */
  void woken(RuntimeWake wake, long now, Answers out);
}
