/** Probe workers: when a probe is executed, what its result means, what is cached (rules P-nnn). */
@NullMarked
package dev.slipway.engine.probe;

import org.jspecify.annotations.NullMarked;
