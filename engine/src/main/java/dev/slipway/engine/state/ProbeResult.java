package dev.slipway.engine.state;

/** Cached result of a probe for one container id (rule P-050). */
public enum ProbeResult {
  /** Nothing cached. */
  NONE,
  SUCCESS,
  FAILURE,
  UNKNOWN
}
