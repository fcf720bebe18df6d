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

  /** The API's words for {@link #state()}; for UNKNOWN see rule L-525. */
  public ContainerState observed;

  /** State and cached results by ordinal: there is a record for every container of every pod. */
  private byte state = (byte) RecordState.CREATED.ordinal();

  private byte startup = NO_RESULT;

  private byte liveness = NO_RESULT;
  private byte readiness = NO_RESULT;
  public @Nullable ContainerRecord older;

  private static final RecordState[] STATES = RecordState.values();
  private static final ProbeResult[] RESULTS = ProbeResult.values();
  private static final byte NO_RESULT = (byte) ProbeResult.NONE.ordinal();
  private static final ContainerState CREATED_STATE = new ContainerState.Waiting("", "");

  public ContainerRecord(int id, Sandbox sandbox, String image, int restartCount) {
    this.id = id;
    this.sandbox = sandbox;
    this.image = image;
    this.restartCount = restartCount;
    this.observed = CREATED_STATE;
  }

  /** What has become of it. */
  public RecordState state() {
    return STATES[state];
  }

  /** Sets what has become of it, and nothing else. */
  public void state(RecordState value) {
    state = (byte) value.ordinal();
  }

  /** The process is up. */
  public void started(long at) {
    state(RecordState.RUNNING);
    observed = new ContainerState.Running(at);
  }

  /** The process is gone; {@code idText} is the id as the API shows it. */
  public void exited(int code, String why, String message, long at, String idText) {
    state(RecordState.EXITED);
    observed = new ContainerState.Terminated(code, why, message, startedAt(), at, idText);
  }

  /** The runtime lost track of it. */
  public void unknown() {
    state(RecordState.UNKNOWN);
  }

  /** When the process came up, {@link Times#NONE} if it never did. */
  public long startedAt() {
    return switch (observed) {
      case ContainerState.Running running -> running.startedAt();
      case ContainerState.Terminated end -> end.startedAt();
      default -> Times.NONE;
    };
  }

  /** The exit code, 0 if it has not ended. */
  public int exitCode() {
    return observed instanceof ContainerState.Terminated end ? end.exitCode() : 0;
  }

  /** Why it ended, empty if it has not. */
  public String reason() {
    return observed instanceof ContainerState.Terminated end ? end.reason() : "";
  }

  /** When it ended, {@link Times#NONE} if it has not. */
  public long finishedAt() {
    return observed instanceof ContainerState.Terminated end ? end.finishedAt() : Times.NONE;
  }

  /** The cached result of the startup probe for this instance. */
  public ProbeResult startup() {
    return RESULTS[startup];
  }

  /** The cached result of the liveness probe for this instance. */
  public ProbeResult liveness() {
    return RESULTS[liveness];
  }

  /** The cached result of the readiness probe for this instance. */
  public ProbeResult readiness() {
    return RESULTS[readiness];
  }

  /** The cached result of that probe for this instance. */
  public ProbeResult result(ProbeType type) {
    return switch (type) {
      case STARTUP -> startup();
      case LIVENESS -> liveness();
      case READINESS -> readiness();
    };
  }

  /** Caches a result; {@link ProbeResult#NONE} removes it. */
  public void result(ProbeType type, ProbeResult value) {
    byte ordinal = (byte) value.ordinal();
    switch (type) {
      case STARTUP -> startup = ordinal;
      case LIVENESS -> liveness = ordinal;
      case READINESS -> readiness = ordinal;
    }
  }
}
