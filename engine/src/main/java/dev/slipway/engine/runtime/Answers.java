package dev.slipway.engine.runtime;

import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodEvent;

/**
 * Where a runtime's answers go. Events are delivered in the order of the calls, after the runtime's
 * own call returned.
 */
public interface Answers {
  void pod(PodEvent event);

  void container(int container, ContainerEvent event);

  /** Call the runtime back at that time. */
  void wake(RuntimeWake wake, long at);
}
