package dev.slipway.engine.api;

/**
 * A port a container names (rule P-079).
 *
 * @param name empty if it has none
 */
public record ContainerPort(String name, int containerPort) {}
