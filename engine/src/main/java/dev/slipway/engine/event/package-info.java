/**
 * What can happen to a pod and to a container, and what they want done: the engine's doors. Owns no
 * rule.
 */
@NullMarked
package dev.slipway.engine.event;

import org.jspecify.annotations.NullMarked;
