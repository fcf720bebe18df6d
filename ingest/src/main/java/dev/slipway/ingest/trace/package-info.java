/**
 * Recorded and described workloads as pods with arrival times: tables, SimKube traces, feeds,
 * manifests with arrival rules; and the nodes they are for. Knows nothing of how they are replayed.
 */
@NullMarked
package dev.slipway.ingest.trace;

import org.jspecify.annotations.NullMarked;
