/**
 * Servers on the loopback address of this process, with the faults probes and hooks meet: what a
 * conformance run lets the real transport talk to. They know no rule and no answer.
 */
@NullMarked
package dev.slipway.ops.loopback;

import org.jspecify.annotations.NullMarked;
