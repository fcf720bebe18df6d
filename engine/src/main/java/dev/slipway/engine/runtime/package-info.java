/**
 * A modelled container runtime: how long each step of a container takes and how it ends, from a
 * script. Answers the orders of pods and containers with events; owns no lifecycle rule.
 */
@NullMarked
package dev.slipway.engine.runtime;

import org.jspecify.annotations.NullMarked;
