package dev.slipway.ingest.format;

/** What a container runtime did to a container or a sandbox. */
public enum RuntimeStep {
  CREATED,
  STARTED,
  STOPPED,
  DELETED
}
