/**
 * Observe mode: what happened to a pod between two versions of its object, what is expected next,
 * and what contradicts the kubelet's rules. Knows pod objects and the rules; where versions come
 * from, and where the answers go, it leaves to its caller. Output is a function of the versions and
 * their times alone.
 */
@NullMarked
package dev.slipway.engine.observe;

import org.jspecify.annotations.NullMarked;
