/** Placement over whole clusters: incremental counts against recounts, same seed same nodes. */
@NullMarked
package dev.slipway.tests.scheduling;

import org.jspecify.annotations.NullMarked;
