package dev.slipway.engine.api;

/** What a container is to its pod (rule L-014). */
public enum ContainerRole {
  /** An init container that must complete. */
  REGULAR_INIT,
  /** An init container with {@code restartPolicy: Always}. */
  SIDECAR,
  /** An entry of {@code spec.containers}. */
  APP,
  /** An entry of {@code spec.ephemeralContainers}. */
  EPHEMERAL
}
