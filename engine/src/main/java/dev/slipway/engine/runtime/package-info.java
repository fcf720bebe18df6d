/**
 * The container runtime as a port, and what stands behind it: a model that does what a script says,
 * a node elsewhere that gets orders as values, a real one that is only watched. Answers the orders
 * of pods and containers with events; owns no lifecycle rule.
 */
@NullMarked
package dev.slipway.engine.runtime;

import org.jspecify.annotations.NullMarked;
