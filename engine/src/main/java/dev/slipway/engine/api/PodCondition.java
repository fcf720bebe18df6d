package dev.slipway.engine.api;

/**
 * One entry of {@code status.conditions}. Texts may be empty, times {@link Times#NONE}, the
 * generation 0 when absent.
 */
public record PodCondition(
    String type,
    ConditionStatus status,
    String reason,
    String message,
    long observedGeneration,
    long lastTransitionTime,
    long lastProbeTime) {}
