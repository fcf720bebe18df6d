package dev.slipway.engine.api;

import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code status.containerStatuses} and its two sister lists; {@code started} is null
 * where absent.
 */
public record ContainerStatus(
    String name,
    ContainerState state,
    ContainerState lastState,
    boolean ready,
    int restartCount,
    String image,
    String imageID,
    String containerID,
    @Nullable Boolean started,
    ResourceRequirements resources) {
  /** A status that says nothing about resources. */
  public ContainerStatus(
      String name,
      ContainerState state,
      ContainerState lastState,
      boolean ready,
      int restartCount,
      String image,
      String imageID,
      String containerID,
      @Nullable Boolean started) {
    this(
        name,
        state,
        lastState,
        ready,
        restartCount,
        image,
        imageID,
        containerID,
        started,
        ResourceRequirements.NONE);
  }
}
