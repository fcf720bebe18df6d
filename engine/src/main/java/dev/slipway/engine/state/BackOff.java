package dev.slipway.engine.state;

import dev.slipway.engine.api.ResourceRequirements;

/**
 * An entry of the restart back-off (rules L-310, L-311; client-go's {@code Backoff}, 1.37.2).
 *
 * @param delay in force, nanoseconds
 * @param updated the last permitted start
 * @param image the image it was made for
 * @param resources the resources it was made for
 */
public record BackOff(long delay, long updated, String image, ResourceRequirements resources) {}
