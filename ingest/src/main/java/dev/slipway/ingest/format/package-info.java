/**
 * Records of every format a cluster's feed comes in, bytes to events: what a record says happened
 * to which object, in the order the record says it. Knows nothing of other records: what is late,
 * twice or missing is put right elsewhere.
 */
@NullMarked
package dev.slipway.ingest.format;

import org.jspecify.annotations.NullMarked;
