package dev.slipway.ops.conformance;

import dev.slipway.engine.event.PodSink;

/** Takes a pod's effects where a case does not look at them; cases that do override methods. */
class VectorSink implements PodSink {
  static final PodSink IGNORED = new VectorSink();

  @Override
  public void wakeSoon() {}

  @Override
  public void createSandbox(int attempt) {}

  @Override
  public void stopSandbox(int attempt) {}

  @Override
  public void inspectImage(int container, String image) {}

  @Override
  public void pullImage(int container, String image) {}

  @Override
  public void startContainer(int container, int recordId, int attempt, long graceSeconds) {}

  @Override
  public void stopContainer(int container, int recordId, long graceSeconds, boolean hooks, boolean waitsForTurn) {}

  @Override
  public void turn(int container) {}

  @Override
  public void removeRecord(int container, int recordId) {}

  @Override
  public void ensureProbes(int container, boolean deleting) {}

  @Override
  public void stopLivenessAndStartup(int container) {}

  @Override
  public void removeProbes(int container) {}

  @Override
  public void triggerReadiness(int container) {}

  @Override
  public void observe(int container, int recordId, long startedAt, byte observation) {}

  @Override
  public void publishStatus() {}

  @Override
  public void removeApiObject() {}

  @Override
  public void recordEvent(String type, String reason, int container, String message) {}

  @Override
  public void armDeadline(int id, int generation, long at) {}

  @Override
  public void cancelDeadline(int id) {}
}
