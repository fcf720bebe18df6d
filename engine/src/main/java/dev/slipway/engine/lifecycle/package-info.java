/**
 * The lifecycle of a pod and of a container: which event causes what, in which order. Decides with
 * the rules of the other packages; knows no clock, no thread and no transport.
 */
@NullMarked
package dev.slipway.engine.lifecycle;

import org.jspecify.annotations.NullMarked;
