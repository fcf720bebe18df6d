package dev.slipway.tests;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.runtime.Answers;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.runtime.RuntimeWake;
import dev.slipway.engine.runtime.ScriptedRuntime;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.ResizeActions;

/** A scripted runtime that tells a pod's life the time before it writes in it. */
record TimedRuntime(ScriptedRuntime runtime, PodLife life) implements PodRuntime {
  /** The runtime, about to do something at that time. */
  ScriptedRuntime at(long now) {
    life.now = now;
    return runtime;
  }

  @Override
  public void createSandbox(int attempt, long now, Answers out) {
    at(now).createSandbox(attempt, now, out);
  }

  @Override
  public void stopSandbox(int attempt, long now, Answers out) {
    at(now).stopSandbox(attempt, now, out);
  }

  @Override
  public void inspectImage(int container, String image, long now, Answers out) {
    at(now).inspectImage(container, image, now, out);
  }

  @Override
  public void pullImage(int container, String image, long now, Answers out) {
    at(now).pullImage(container, image, now, out);
  }

  @Override
  public void createContainer(int container, int recordId, int attempt, long now, Answers out) {
    at(now).createContainer(container, recordId, attempt, now, out);
  }

  @Override
  public void startProcess(int container, long now, Answers out) {
    at(now).startProcess(container, now, out);
  }

  @Override
  public void runHook(int container, ContainerEvent.Hook hook, long now, Answers out) {
    at(now).runHook(container, hook, now, out);
  }

  @Override
  public void stopProcess(int container, long graceSeconds, long now, Answers out) {
    at(now).stopProcess(container, graceSeconds, now, out);
  }

  @Override
  public void execProbe(int container, int recordId, ProbeType type, long now, Answers out) {
    at(now).execProbe(container, recordId, type, now, out);
  }

  @Override
  public void removeRecord(int container, int recordId, long now) {
    at(now).removeRecord(container, recordId, now);
  }

  @Override
  public void measureMemory(long now, Answers out) {
    at(now).measureMemory(now, out);
  }

  @Override
  public void updateResources(
      int container,
      int recordId,
      ResizeActions.Kind kind,
      Amounts amounts,
      long now,
      Answers out) {
    at(now).updateResources(container, recordId, kind, amounts, now, out);
  }

  @Override
  public void woken(RuntimeWake wake, long now, Answers out) {
    at(now).woken(wake, now, out);
  }
}
