package dev.slipway.tests;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.runtime.Answers;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.runtime.RuntimeWake;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.ResizeActions;

/** A runtime that asks before every call whether it is to break now. */
record FaultyRuntime(PodRuntime to, Fault fault) implements PodRuntime {
  /** Throws when its time has come. */
  @FunctionalInterface
  interface Fault {
    void call(String what);
  }

  @Override
  public void createSandbox(int attempt, long now, Answers out) {
    fault.call("createSandbox");
    to.createSandbox(attempt, now, out);
  }

  @Override
  public void stopSandbox(int attempt, long now, Answers out) {
    fault.call("stopSandbox");
    to.stopSandbox(attempt, now, out);
  }

  @Override
  public void inspectImage(int container, String image, long now, Answers out) {
    fault.call("inspectImage");
    to.inspectImage(container, image, now, out);
  }

  @Override
  public void pullImage(int container, String image, long now, Answers out) {
    fault.call("pullImage");
    to.pullImage(container, image, now, out);
  }

  @Override
  public void createContainer(int container, int recordId, int attempt, long now, Answers out) {
    fault.call("createContainer");
    to.createContainer(container, recordId, attempt, now, out);
  }

  @Override
  public void startProcess(int container, long now, Answers out) {
    fault.call("startProcess");
    to.startProcess(container, now, out);
  }

  @Override
  public void runHook(int container, ContainerEvent.Hook hook, long now, Answers out) {
    fault.call("runHook");
    to.runHook(container, hook, now, out);
  }

  @Override
  public void stopProcess(int container, long graceSeconds, long now, Answers out) {
    fault.call("stopProcess");
    to.stopProcess(container, graceSeconds, now, out);
  }

  @Override
  public void execProbe(int container, int recordId, ProbeType type, long now, Answers out) {
    fault.call("execProbe");
    to.execProbe(container, recordId, type, now, out);
  }

  @Override
  public void removeRecord(int container, int recordId, long now) {
    fault.call("removeRecord");
    to.removeRecord(container, recordId, now);
  }

  @Override
  public void measureMemory(long now, Answers out) {
    fault.call("measureMemory");
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
    fault.call("updateResources");
    to.updateResources(container, recordId, kind, amounts, now, out);
  }

  @Override
  public void woken(RuntimeWake wake, long now, Answers out) {
    fault.call("woken");
    to.woken(wake, now, out);
  }
}
