package dev.slipway.ingest.repair;

import dev.slipway.ingest.format.PodRef;

/**
 * One anomaly, as a sample.
 *
 * @param subject the object; its UID may be empty, and for one that is no pod its namespace
 * @param detail the facts, in one line
 * @param lateNanos how long after the newer version an older one came, {@code Times.NONE} for other
 *     kinds
 */
public record Anomaly(
    AnomalyKind kind, PodRef subject, String detail, long arrivalNanos, long lateNanos) {}
