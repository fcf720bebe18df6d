/**
 * Probe workers: when a probe is executed, what its result means, what is cached; and what one
 * execution of a probe or hook asks of a transport (rules P-nnn).
 */
@NullMarked
package dev.slipway.engine.probe;

import org.jspecify.annotations.NullMarked;
