package dev.slipway.engine.state;

/** State of a container record in the runtime (rule L-015). */
public enum RecordState {
  CREATED,
  RUNNING,
  EXITED,
  UNKNOWN
}
