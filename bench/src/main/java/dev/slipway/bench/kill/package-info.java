/**
 * {@code slipway bench kill}: the streaming service is killed at random instants under load, and
 * what it wrote is held against an undisturbed run.
 */
@NullMarked
package dev.slipway.bench.kill;

import org.jspecify.annotations.NullMarked;
