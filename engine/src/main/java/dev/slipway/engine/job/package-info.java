/**
 * How a Job judges its pods (rule L-510): which ones count as failed, when it makes new ones or
 * removes some, how long it waits, when it is finished. One pass over a job and its pods as values;
 * makes and deletes nothing itself.
 */
@NullMarked
package dev.slipway.engine.job;

import org.jspecify.annotations.NullMarked;
