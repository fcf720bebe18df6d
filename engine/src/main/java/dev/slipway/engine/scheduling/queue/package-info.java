/**
 * In what order and when pods are tried: active, back-off and unschedulable pods, scheduling gates,
 * events that bring pods back (rules K-100 to K-129). Times are handed in; what a decision is like
 * is not known here.
 */
@NullMarked
package dev.slipway.engine.scheduling.queue;

import org.jspecify.annotations.NullMarked;
