package dev.slipway.engine.runtime;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.ResizeActions;

/** A runtime that hands everything on to another; who extends it does one thing differently. */
public abstract class ForwardingRuntime implements PodRuntime {
  private final PodRuntime to;

  protected ForwardingRuntime(PodRuntime to) {
    this.to = to;
  }

  /** The runtime everything is handed on to. */
  public final PodRuntime to() {
    return to;
  }

  @Override
  public void createSandbox(int attempt, long now, Answers out) {
    to.createSandbox(attempt, now, out);
  }

  @Override
  public void stopSandbox(int attempt, long now, Answers out) {
    to.stopSandbox(attempt, now, out);
  }

  @Override
  public void inspectImage(int container, String image, long now, Answers out) {
    to.inspectImage(container, image, now, out);
  }

  @Override
  public void pullImage(int container, String image, long now, Answers out) {
    to.pullImage(container, image, now, out);
  }

  @Override
  public void createContainer(int container, int recordId, int attempt, long now, Answers out) {
    to.createContainer(container, recordId, attempt, now, out);
  }

  @Override
  public void startProcess(int container, long now, Answers out) {
    to.startProcess(container, now, out);
  }

  @Override
  public void runHook(int container, ContainerEvent.Hook hook, long now, Answers out) {
    to.runHook(container, hook, now, out);
  }

  @Override
  public void stopProcess(int container, long graceSeconds, long now, Answers out) {
    to.stopProcess(container, graceSeconds, now, out);
  }

  @Override
  public void execProbe(int container, int recordId, ProbeType type, long now, Answers out) {
    to.execProbe(container, recordId, type, now, out);
  }

  @Override
  public void removeRecord(int container, int recordId, long now) {
    to.removeRecord(container, recordId, now);
  }

  @Override
  public void measureMemory(long now, Answers out) {
    to.measureMemory(now, out);
  }

  @Override
  public void updateResources(
      int container,
      int recordId,
      ResizeActions.Kind kind,
      Amounts amounts,
      long now,
      Answers out) {
    to.updateResources(container, recordId, kind, amounts, now, out);
  }

  @Override
  public void woken(RuntimeWake wake, long now, Answers out) {
    to.woken(wake, now, out);
  }
}
