/**
 * {@code slipway serve --mode observe}: follows what a real cluster's kubelets wrote, from Kafka or
 * from a stream, and tells findings, totals and figures. Knows no lifecycle rule.
 */
@NullMarked
package dev.slipway.ops.observe;

import org.jspecify.annotations.NullMarked;
