/**
 * When a container is restarted, and how long it has to wait. Pure functions over the pod's state.
 */
@NullMarked
package dev.slipway.engine.restart;

import org.jspecify.annotations.NullMarked;
