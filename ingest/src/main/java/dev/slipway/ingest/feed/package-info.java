/**
 * Watch records: bytes to records and back, why a record was refused, and the door through which a
 * source hands records over. Knows neither where the bytes come from nor what becomes of a pod.
 */
@NullMarked
package dev.slipway.ingest.feed;

import org.jspecify.annotations.NullMarked;
