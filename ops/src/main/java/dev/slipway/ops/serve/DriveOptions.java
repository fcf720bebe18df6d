package dev.slipway.ops.serve;

import dev.slipway.engine.runtime.Behavior;

/**
 * How pods are driven.
 *
 * @param nodes how many simulated nodes there are
 * @param port of the HTTP door, 0 for a free one
 * @param seconds how long it runs at most, 0: until interrupted
 * @param untilDone ends when the feed has ended and no pod is going to change by itself: all have
 *     ended or are gone
 * @param quiet no status line
 */
public record DriveOptions(
    int nodes,
    int shards,
    int port,
    long seconds,
    boolean untilDone,
    long seed,
    Behavior behavior,
    boolean quiet) {}
