package dev.slipway.engine.scheduling.queue;

import java.util.Map;
import java.util.Set;

/**
 * The pods of a queue by where they wait, each {@code namespace/name}.
 *
 * @param backOff with the last whole second in which each backs off, epoch nanoseconds
 */
public record QueueSnapshot(
    Set<String> active, Map<String, Long> backOff, Set<String> unschedulable, Set<String> gated) {}
