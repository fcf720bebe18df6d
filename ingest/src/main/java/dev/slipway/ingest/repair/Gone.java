package dev.slipway.ingest.repair;

/** How it is known that a pod is gone from the API. */
public enum Gone {
  /** The source said so. */
  DELETED,
  /** A list after an expired watch lacks it. */
  ABSENT_FROM_LIST,
  /** Another pod has its name. */
  REPLACED
}
