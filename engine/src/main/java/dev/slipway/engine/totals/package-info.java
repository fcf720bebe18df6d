/**
 * Live totals over all pods: per node, namespace, QoS class, owner, priority class and cluster, and
 * quota usage per namespace (rules ). One writer changes sums by deltas;
 * readers get immutable images. Knows amounts and counts, not why a pod changed.
 */
@NullMarked
package dev.slipway.engine.totals;

import org.jspecify.annotations.NullMarked;
