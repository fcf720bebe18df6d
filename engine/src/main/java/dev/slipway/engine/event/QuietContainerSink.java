package dev.slipway.engine.event;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.state.ProbeResult;

/**
 * Takes a container's effects and does nothing with them; hosts that look at some of them override
 * those.
 */
public class QuietContainerSink implements ContainerSink {
  @Override
  public void createContainer(int attempt) {}

  @Override
  public void startProcess() {}

  @Override
  public void runHook(ContainerEvent.Hook hook) {}

  @Override
  public void stopProcess(long graceSeconds) {}

  @Override
  public void execProbe(ProbeType type, int recordId) {}

  @Override
  public void created(int recordId) {}

  @Override
  public void started(int recordId, long at) {}

  @Override
  public void startDone(int recordId, String reason, String message) {}

  @Override
  public void exited(int recordId, int exitCode, String reason, String message, long at) {}

  @Override
  public void stopDone(int recordId) {}

  @Override
  public void stopFailed(int recordId, String message) {}

  @Override
  public void unknown(int recordId) {}

  @Override
  public void gone(int recordId) {}

  @Override
  public void probeResult(ProbeType type, int recordId, ProbeResult result) {}

  @Override
  public void workerEnded(ProbeType type) {}

  @Override
  public void recordEvent(String type, String reason, String message) {}

  @Override
  public void armDeadline(int id, int generation, long at) {}

  @Override
  public void cancelDeadline(int id) {}
}
