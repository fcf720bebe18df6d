package dev.slipway.engine.state;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import org.jspecify.annotations.Nullable;

/**
 * One container instance as the runtime knows it (rule L-015), with the probe results cached under
 * its id. Records of one container are linked, newest first.
 */
public final class ContainerRecord {
  /** Unique in its pod, counted from 1. */
  public final int id;

  /** The sandbox it was made in. */
  public final Sandbox sandbox;

  /** The image it was made from: the part of its definition that matters (rule L-017). */
  public final String image;

  /** What the runtime calls that image, empty if it does not say. */
  public String imageId = "";

  public final int restartCount;
  public RecordState state;
  public long startedAt = Times.NONE;
  public long finishedAt = Times.NONE;
  public int exitCode;
  public String reason = "";

  /** The API's words for {@link #state}; for UNKNOWN see rule L-525. */
  public ContainerState observed;

  public ProbeResult startup = ProbeResult.NONE;
  public ProbeResult liveness = ProbeResult.NONE;
  public ProbeResult readiness = ProbeResult.NONE;
  public @Nullable ContainerRecord older;

  private static final ContainerState CREATED_STATE = new ContainerState.Waiting("", "");

  public ContainerRecord(int id, Sandbox sandbox, String image, int restartCount) {
    this.id = id;
    this.sandbox = sandbox;
    this.image = image;
    this.restartCount = restartCount;
    this.state = RecordState.CREATED;
    this.observed = CREATED_STATE;
  }

  /** The process is up. */
  public void started(long at) {
    state = RecordState.RUNNING;
    startedAt = at;
    observed = new ContainerState.Running(at);
  }

  /** The process is gone; {@code idText} is the id as the API shows it. */
  public void exited(int code, String why, String message, long at, String idText) {
    state = RecordState.EXITED;
    exitCode = code;
    reason = why;
    finishedAt = at;
    observed = new ContainerState.Terminated(code, why, message, startedAt, at, idText);
  }

  /** The runtime lost track of it. */
  public void unknown() {
    state = RecordState.UNKNOWN;
  }

  /** The cached result of that probe for this instance. */
  public ProbeResult result(ProbeType type) {
    return switch (type) {
      case STARTUP -> startup;
      case LIVENESS -> liveness;
      case READINESS -> readiness;
    };
  }

  /** Caches a result; {@link ProbeResult#NONE} removes it. */
  public void result(ProbeType type, ProbeResult value) {
    switch (type) {
      case STARTUP -> startup = value;
      case LIVENESS -> liveness = value;
      case READINESS -> readiness = value;
    }
  }
}
