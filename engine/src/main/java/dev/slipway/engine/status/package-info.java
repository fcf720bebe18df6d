/**
 * Phase, conditions and container statuses as the kubelet writes them. Functions over the pod's
 * state.
 */
@NullMarked
package dev.slipway.engine.status;

import org.jspecify.annotations.NullMarked;
