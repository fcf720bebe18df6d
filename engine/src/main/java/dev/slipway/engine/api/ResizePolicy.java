package dev.slipway.engine.api;

/**
 * One entry of {@code resizePolicy} (rule L-171): does a change of the resource restart the
 * container.
 */
public record ResizePolicy(String resourceName, boolean restartContainer) {}
