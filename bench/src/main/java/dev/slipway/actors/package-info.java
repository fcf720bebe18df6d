/** Benchmarks of what nobody outside the actors is to see. */
@NullMarked
package dev.slipway.actors;

import org.jspecify.annotations.NullMarked;
