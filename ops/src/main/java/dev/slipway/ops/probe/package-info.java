/**
 * Probes and hooks over the network: the real {@link dev.slipway.engine.probe.ProbeTransport}.
 * Makes single exchanges and knows no rule of what they mean.
 */
@NullMarked
package dev.slipway.ops.probe;

import org.jspecify.annotations.NullMarked;
