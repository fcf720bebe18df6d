/**
 * Which node a pod gets: filters, scores, nominated pods and preemption as kube-scheduler's default
 * profile has them (rules K-001 to K-099). Knows what the scheduler reads of pods and nodes;
 * volumes, claims and the life of a pod after its placement are not known here.
 */
@NullMarked
package dev.slipway.engine.scheduling;

import org.jspecify.annotations.NullMarked;
