/**
 * {@code slipway serve}: pods of a feed on simulated nodes, in real time. Brings what a feed or
 * manifests say to the shards and tells how they are; knows no lifecycle rule.
 */
@NullMarked
package dev.slipway.ops.serve;

import org.jspecify.annotations.NullMarked;
